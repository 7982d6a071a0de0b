#include "elf.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <vector>

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"

/// The header of the library that this code is in, from the linker: what other libraries must be like.
extern "C" __attribute__((visibility("hidden"))) const ElfW(Ehdr) __ehdr_start;

namespace dbctl::plugin {

namespace {

constexpr std::uint64_t most_note_bytes = 64 * 1024;

/// An open file; closed on every path.
struct Descriptor {
  explicit Descriptor(int number) : fd(number) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd;
};

class File {
 public:
  explicit File(const std::filesystem::path& path) : path_(path), open_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status = {};
    if (open_.fd < 0 || ::fstat(open_.fd, &status) != 0) refuse(errno);
    if (S_ISDIR(status.st_mode)) not_library("it is a folder");
    if (!S_ISREG(status.st_mode)) not_library("it is not a regular file");
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  std::uint64_t size() const { return size_; }
  bool holds(std::uint64_t offset, std::uint64_t length) const { return offset <= size_ && length <= size_ - offset; }

  /// Exactly `length` bytes, which the file holds.
  void read(void* to, std::uint64_t length, std::uint64_t offset) const {
    auto* out = static_cast<char*>(to);
    while (length > 0) {
      const ::ssize_t n = ::pread(open_.fd, out, length, static_cast<::off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) refuse(errno);
      if (n == 0) truncated("it became shorter while it was read");
      out += n;
      length -= static_cast<std::uint64_t>(n);
      offset += static_cast<std::uint64_t>(n);
    }
  }

  [[noreturn]] void not_library(std::string why) const {
    throw Error(codes::plugin_not_library, {.summary = "the plugin's file is not a shared library for this machine",
                                            .where = path_.string(),
                                            .why = std::move(why),
                                            .next = {"build or install the plugin again for this machine"}});
  }
  [[noreturn]] void truncated(std::string why) const {
    throw Error(codes::plugin_truncated, {.summary = "the plugin's file is cut short",
                                          .where = path_.string(),
                                          .why = std::move(why),
                                          .next = {"copy or install it again; the copy was probably interrupted"}});
  }

 private:
  [[noreturn]] void refuse(int error) const {
    throw Error(codes::plugin_load, {.summary = "the plugin's file cannot be read",
                                     .where = path_.string(),
                                     .why = std::generic_category().message(error),
                                     .next = {"check the file and its permissions"}});
  }

  std::filesystem::path path_;
  Descriptor open_;
  std::uint64_t size_ = 0;
};

std::string machine(unsigned number) {
  switch (number) {
    case EM_386:
      return "x86";
    case EM_X86_64:
      return "x86-64";
    case EM_ARM:
      return "arm";
    case EM_AARCH64:
      return "aarch64";
    case EM_PPC64:
      return "ppc64";
    case EM_S390:
      return "s390";
    case EM_RISCV:
      return "riscv";
    default:
      return fmt::format("machine {}", number);
  }
}

std::string kind_of_machine(const unsigned char* ident, unsigned number) {
  return fmt::format("{}-bit {}-endian {}", ident[EI_CLASS] == ELFCLASS32 ? 32 : 64,
                     ident[EI_DATA] == ELFDATA2MSB ? "big" : "little", machine(number));
}

ElfW(Ehdr) read_header(const File& file) {
  ElfW(Ehdr) header;
  char magic[SELFMAG] = {};
  if (file.size() < SELFMAG) file.not_library(file.size() == 0 ? "the file is empty" : "it is not an ELF file");
  file.read(magic, SELFMAG, 0);
  if (std::memcmp(magic, ELFMAG, SELFMAG) != 0) file.not_library("it is not an ELF file");
  if (!file.holds(0, sizeof header)) {
    file.truncated(fmt::format("it has {} bytes, fewer than the header of any library", file.size()));
  }
  file.read(&header, sizeof header, 0);

  // e_type and e_machine stand at the same place in both classes.
  const auto& own = __ehdr_start;
  if (header.e_ident[EI_CLASS] != own.e_ident[EI_CLASS] || header.e_ident[EI_DATA] != own.e_ident[EI_DATA] ||
      header.e_machine != own.e_machine) {
    file.not_library(fmt::format("it is for {}, this dbctl is for {}",
                                 kind_of_machine(header.e_ident, header.e_machine),
                                 kind_of_machine(own.e_ident, own.e_machine)));
  }
  if (header.e_type != ET_DYN) file.not_library("it is an ELF file, but not a shared library");
  if (header.e_phentsize != sizeof(ElfW(Phdr)) || header.e_phnum == 0 || header.e_phnum == PN_XNUM) {
    file.not_library("its program headers are not those of a shared library");
  }
  return header;
}

void require_table(const File& file, const char* what, std::uint64_t offset, std::uint64_t length) {
  if (!file.holds(offset, length)) {
    file.truncated(fmt::format("{} ends at byte {}, the file after {}", what, offset + length, file.size()));
  }
}

std::string hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

/// Walks the notes of one segment; stops at the first that does not fit.
void read_notes(std::string_view segment, std::uint64_t alignment, ElfFacts& facts) {
  const auto padded = [&](std::uint64_t n) { return (n + alignment - 1) / alignment * alignment; };
  std::uint64_t at = 0;
  while (segment.size() - at >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, segment.data() + at, sizeof note);
    const std::uint64_t name = at + sizeof note;
    const std::uint64_t text = padded(name + note.n_namesz);
    const std::uint64_t end = text + note.n_descsz;
    if (end > segment.size()) return;
    const std::string_view owner = segment.substr(name, note.n_namesz);
    if (owner == std::string_view("dbctl\0", 6) && note.n_type == 1) {
      facts.has_note = true;
      facts.note = segment.substr(text, note.n_descsz);
    } else if (owner == std::string_view("GNU\0", 4) && note.n_type == NT_GNU_BUILD_ID) {
      facts.build_id = hexadecimal(segment.substr(text, note.n_descsz));
    }
    at = std::min<std::uint64_t>(padded(end), segment.size());
  }
}

}  // namespace

ElfFacts read_elf(const std::filesystem::path& path) {
  const File file(path);
  const auto header = read_header(file);
  require_table(file, "its table of segments", header.e_phoff, std::uint64_t{header.e_phnum} * header.e_phentsize);
  std::vector<ElfW(Phdr)> segments(header.e_phnum);
  file.read(segments.data(), segments.size() * sizeof segments[0], header.e_phoff);
  for (const auto& segment : segments) {
    if (segment.p_type != PT_NULL) require_table(file, "one of its segments", segment.p_offset, segment.p_filesz);
  }
  if (header.e_shoff != 0) {
    require_table(file, "its table of sections", header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize);
  }

  ElfFacts facts;
  for (const auto& segment : segments) {
    if (segment.p_type != PT_NOTE || segment.p_filesz > most_note_bytes) continue;
    std::string bytes(segment.p_filesz, '\0');
    file.read(bytes.data(), bytes.size(), segment.p_offset);
    read_notes(bytes, segment.p_align == 8 ? 8 : 4, facts);
  }
  return facts;
}

}  // namespace dbctl::plugin
