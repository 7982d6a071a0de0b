# The help of dbctl, or of one of its commands, on stdin -> its page for man(1). Help and page cannot differ: this is all
# that there is. Variables: page (dbctl-migrate), version, date, pages (all pages, for SEE ALSO), codes (a file with what
# `dbctl errors` prints, for EXIT STATUS; only for the program's own page).

function escaped(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  gsub(/…/, "...", text)
  return text
}
function plain(text,    parts, n, i, out, words, line) { # `commands` in backticks are bold
  n = split(escaped(text), parts, "`")
  for (i = 1; i <= n; i++) out = out (i % 2 ? parts[i] : "\\fB" parts[i] "\\fR")
  n = split(out, words, " ")
  out = line = ""
  for (i = 1; i <= n; i++) { # no line of more than 80 bytes, and none that begins like a request
    if (line != "" && length(line words[i]) > 78) {
      out = out line "\n"
      line = ""
    }
    line = line (line == "" ? (words[i] ~ /^[.']/ ? "\\&" : "") : " ") words[i]
  }
  return out line
}
function marked(text,    words, n, i, out) { # what is typed is bold, what it stands for (in capitals) is italic
  n = split(text, words, " ")
  for (i = 1; i <= n; i++)
    out = out (i > 1 ? " " : "") (words[i] ~ /^\[?[A-Z][A-Z,…]*\]?$/ ? "\\fI" : "\\fB") escaped(words[i]) "\\fR"
  return out
}
function section(title) { print ".SH " (title ~ / / ? "\"" toupper(title) "\"" : toupper(title)) }
function entry(left, right) { print ".TP\n" left "\n" plain(right) }

BEGIN { program = page == "dbctl" }

NR == 1 {
  at = index($0, ": ")
  printf ".TH %s 1 %s \"dbctl %s\" \"dbctl manual\"\n", toupper(escaped(page)), date, version
  section("name")
  print escaped(page) " \\- " plain(substr($0, at + 2))
  next
}
/^usage: / {
  section("synopsis")
  print marked(substr($0, 8))
  next
}
/^alias: / { # an alias is another way to write the command
  print ".br\n" marked(substr($0, 8))
  next
}
/^[^ ].*:$/ {
  title = substr($0, 1, length($0) - 1)
  if (program && title !~ /flags/) {
    if (!listing++) section("commands")
    print ".SS " toupper(substr(title, 1, 1)) substr(title, 2)
  } else {
    note = title
    if (sub(/^[^,]*, /, "", note)) sub(/,.*/, "", title)
    else note = ""
    section(title)
    if (note != "") print "They may stand " plain(note) "."
  }
  next
}
/^  / {
  text = $0
  sub(/^ +/, "", text)
  if (left == "") {
    gap = match(text, /  +/)
    left = gap ? substr(text, 1, gap - 1) : text
    if (!gap) next # the explanation is on the next line
    text = substr(text, RSTART + RLENGTH)
  }
  entry(marked(left), text)
  left = ""
  next
}
NF { print ".PP\n" plain($0) }

END {
  if (program) exit_status()
  section("see also")
  n = split(pages, page_names, " ")
  for (i = 1; i <= n; i++)
    if (page_names[i] != page) others[++count] = page_names[i]
  for (i = 1; i <= count; i++) print ".BR " escaped(others[i]) " (1)" (i < count ? "," : "")
}

function exit_status(    line, exit_code, i, n, order, titles) {
  while ((getline line < codes) > 0) {
    split(line, words, " ")
    exit_code = words[2]
    sub(/^[^ ]+ +[0-9]+ +/, "", line)
    if (!(exit_code in titles)) order[++n] = exit_code
    titles[exit_code] = titles[exit_code] (exit_code in titles && titles[exit_code] != "" ? "; " : "") line
  }
  section("exit status")
  entry("\\fB0\\fR", "what was asked for is done, or there was nothing to do")
  for (i = 1; i <= n; i++) entry("\\fB" order[i] "\\fR", titles[order[i]])
  print ".PP\n" plain("Each error also has a code of its own: `dbctl errors` lists them, `dbctl errors CODE` explains one.")
}
