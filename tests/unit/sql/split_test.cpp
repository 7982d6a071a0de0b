#include "dbctl/sql/split.hpp"

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "unit/sql/rules.hpp"

namespace dbctl::sql {
namespace {

using namespace test;
using Texts = std::vector<std::string>;

Texts texts(std::string_view script, const LexicalRules& rules) {
  Texts found;
  for (const auto& statement : split(script, rules)) found.emplace_back(statement.text);
  return found;
}

std::string error_of(std::string_view script, const LexicalRules& rules, const Origin& origin = {}) {
  return dbctl::test::error_text([&] { split(script, rules, origin); });
}

TEST(Split, ends_statements_at_semicolons) {
  EXPECT_EQ(texts("select 1; select 2", standard), (Texts{"select 1", "select 2"}));
  EXPECT_EQ(texts(";; select 1 ;; \n", standard), (Texts{"select 1"}));
  EXPECT_EQ(texts(" -- nothing\n ; /* at all */", standard), Texts{});
  EXPECT_EQ(texts("", standard), Texts{});
  EXPECT_EQ(texts("select ';', \"a;b\" -- ;\n + 2 /* ; */ -- behind\n;", standard),
            (Texts{"select ';', \"a;b\" -- ;\n + 2"}));
  EXPECT_EQ(texts("select `a;b` # ;\n, '\\';'; x", backslashes), (Texts{"select `a;b` # ;\n, '\\';'", "x"}));
  EXPECT_EQ(texts("select 5--1; select 2", backslashes), (Texts{"select 5--1", "select 2"}));
  EXPECT_EQ(texts("select [a;b]; x", brackets), (Texts{"select [a;b]", "x"}));
  EXPECT_EQ(texts("do $$ begin; end $$; do $a$ ; $$ ; $a$", dollars),
            (Texts{"do $$ begin; end $$", "do $a$ ; $$ ; $a$"}));
}

TEST(Split, says_where_a_statement_stands) {
  const std::string script = "\xEF\xBB\xBF-- first\r\nselect 1;\r\n\r\n  /* second */\r\n  select\r\n 2;\r\n";
  const auto statements = split(script, standard);
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[0].text, "select 1");
  EXPECT_EQ(statements[0].leading, "-- first\r\n");
  EXPECT_EQ(statements[0].place, (Place{2, 1}));
  EXPECT_EQ(statements[1].text, "select\r\n 2");
  EXPECT_EQ(statements[1].leading, "\r\n\r\n  /* second */\r\n  ");
  EXPECT_EQ(statements[1].place, (Place{5, 3}));
  EXPECT_EQ(script.substr(statements[1].offset, 6), "select");
  EXPECT_EQ(split("x", standard, {.file = "a.sql", .line = 30, .column = 4})[0].place, (Place{30, 4}));
}

TEST(Split, keeps_executable_comments_whole) {
  EXPECT_EQ(texts("/*!40101 SET x = 1 */;\n/*!50003 CREATE TABLE a; */ select 2", backslashes),
            (Texts{"/*!40101 SET x = 1 */", "/*!50003 CREATE TABLE a; */ select 2"}));
  EXPECT_EQ(texts("/*!40101 SET x = 1 */; select 2", standard), (Texts{"select 2"}));
}

TEST(Split, obeys_delimiter) {
  EXPECT_EQ(
      texts("DELIMITER //\ncreate procedure p() begin select 1; end//\nselect 2; select 3 //\ndelimiter ;\nselect 4;",
            backslashes),
      (Texts{"create procedure p() begin select 1; end", "select 2; select 3", "select 4"}));
  EXPECT_EQ(texts("delimiter 'My SQL'\n", brackets), (Texts{"delimiter 'My SQL'"}));
  EXPECT_EQ(texts("Delimiter 'MySQL'\nselect 1; MySQL select 2 MySQL", backslashes), (Texts{"select 1;", "select 2"}));
  EXPECT_EQ(texts("DELIMITER $$\r\nselect 'a$$' $$\r\nDELIMITER ;\r\nselect 2", backslashes),
            (Texts{"select 'a$$'", "select 2"}));
  EXPECT_EQ(texts("DELIMITER ;;\nselect 1; select 2 ;;\nDELIMITER ;", backslashes), (Texts{"select 1; select 2"}));
  EXPECT_EQ(texts("DELIMITER //\nselect 1\nDELIMITER ;\nselect 2", backslashes), (Texts{"select 1", "select 2"}));
  EXPECT_EQ(texts("create table t (\n delimiter text,\n a int);\nselect\n delimiter\n from t", backslashes),
            (Texts{"create table t (\n delimiter text,\n a int)", "select\n delimiter\n from t"}));
  EXPECT_EQ(split("-- a\nDELIMITER //\n-- b\nselect 1//", backslashes)[0].leading, "\n-- b\n");
  EXPECT_EQ(error_of("DELIMITER  \nselect 1", backslashes),
            "DBCTL-SQL-009 DELIMITER names no delimiter\nat line 1, column 1\n"
            "-> write one of at most 15 bytes, without blanks and backslashes: DELIMITER //");
  EXPECT_EQ(error_of("select 1;\n DELIMITER \\\\\n", backslashes, {.file = "a.sql"}),
            "DBCTL-SQL-009 DELIMITER cannot be \\\\\nat a.sql:2:2\n"
            "-> write one of at most 15 bytes, without blanks and backslashes: DELIMITER //");
  EXPECT_EQ(texts("DELIMITER 123456789012345\nselect 1;\n123456789012345", backslashes), (Texts{"select 1;"}));
  EXPECT_EQ(error_of("DELIMITER 1234567890123456\n", backslashes),
            "DBCTL-SQL-009 DELIMITER cannot be 1234567890123456\nat line 1, column 1\n"
            "-> write one of at most 15 bytes, without blanks and backslashes: DELIMITER //");
}

TEST(Split, takes_a_stored_program_as_one) {
  for (const std::string_view program : {
           "create trigger t after insert on a begin update b set c = 1; delete from d; end",
           "create trigger t before insert on a for each row begin set new.x = 1; set new.y = 2; end",
           "create trigger t before insert on a for each row follows u begin set new.x = 1; end",
           "create trigger t before insert on a for each row precedes `d`.`u` if x then set y = 1; end if",
           "create trigger t before insert on a for each row when (new.x = 1) begin set y = 1; end",
           "create trigger t before insert on a for each row set new.x = case new.y when 1 then 2 end",
           "CREATE OR REPLACE PROCEDURE p() BEGIN IF a THEN SELECT 1; ELSEIF b THEN SELECT 2; ELSE SELECT 3; END IF; "
           "END",
           "create procedure p() begin while b do select 2; end while; repeat select 3; until x end repeat; end",
           "create procedure p() l: loop leave l; end loop l",
           "create procedure p() begin a: begin b: loop iterate b; end loop b; end a; end",
           "create procedure p() begin select case x when 1 then 2 else case y when 3 then 4 end end; select 1; end",
           "create procedure p() begin case x when 1 then select 1; when 2 then begin end; else select 2; end case; "
           "end",
           "create procedure p() begin declare exit handler for sqlexception, not found begin end; select 1; end",
           "create procedure p() begin declare continue handler for sqlstate value '23000' set x = 1; select 1; end",
           "create procedure p() begin declare c cursor for select case a when 1 then 2 end; open c; end",
           "create procedure p() begin declare x int default case when a then 1 end; select end, t.end from t; end",
           "create procedure p() begin set x = if(a, case when b then if(c, 1, 2) end, 3); select 1; end",
           "create procedure p() begin drop table if exists t; insert into t values (1) ; end",
           "create function f(begin int, `end` int) returns set('a', 'b') deterministic begin return 'a'; end",
           "create definer = root@localhost function f() returns int no sql return case when 1 then if(1, 2, 3) end",
           "create definer=`event`@`%` event e on schedule every 1 day comment 'x' do begin select 1; select 2; end",
           "create definer=current_user() procedure p() comment 'begin' begin end",
           "alter event e do begin select 1; end",
           "begin not atomic select 1; if a then select 2; end if; end",
           "if x then select 1; end if",
           "create procedure p() begin for i in 1..3 do select i; end for; end",
           "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN x; "
           "END */",
       }) {
    const auto script = std::string(program) + "; select 1";
    EXPECT_EQ(error_of(script, backslashes), "no error") << program;
    if (HasFailure()) continue;
    EXPECT_EQ(texts(script, backslashes), (Texts{std::string(program), "select 1"}));
  }
}

TEST(Split, sees_no_body_where_there_is_none) {
  EXPECT_EQ(texts("begin; select 1; end", standard), (Texts{"begin", "select 1", "end"}));
  EXPECT_EQ(texts("create table begin (`case` int, end int); select 1", backslashes).size(), 2U);
  EXPECT_EQ(texts("create function f() returns int soname 'x'; select 1", backslashes).size(), 2U);
  EXPECT_EQ(texts("create procedure p() set x = if(a, 1, 2); select 1", backslashes).size(), 2U);
  EXPECT_EQ(texts("create procedure p() drop table if exists t; select 1", backslashes).size(), 2U);
  EXPECT_EQ(texts("create event e on schedule every 1 day do call begin(); select 1", backslashes).size(), 2U);
  EXPECT_EQ(texts("alter table t add begin int; select case when 1 then 2; select 1", backslashes).size(), 3U);
  EXPECT_EQ(
      texts("create trigger t before insert on a begin select 1; end; x", LexicalRules{.bodies = Bodies::none}).size(),
      3U);
}

TEST(Split, knows_triggers_by_their_end_alone) {
  for (const std::string_view trigger :
       {"create trigger t after insert on a begin select case when 1 then 2 end; select 2; end",
        "CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE OF begin, end ON a WHEN new.begin > old.end BEGIN SELECT 1; "
        "END",
        "create trigger t after insert on a begin select end from a; select \"end\"; end -- behind"})
    EXPECT_EQ(texts(std::string(trigger) + "\n; select 1", brackets).size(), 2U) << trigger;
  EXPECT_EQ(texts("create table procedure (begin int); begin; end;", brackets).size(), 3U);
}

TEST(Split, knows_atomic_bodies_and_parentheses) {
  EXPECT_EQ(texts("create or replace function f(begin int, x int default (1)) returns int language sql begin atomic "
                  "select case when 1=1 then 2 end as case; select 2 as end; select a.end; end; select 1",
                  dollars)
                .size(),
            2U);
  EXPECT_EQ(texts("create procedure p() begin atomic insert into a values (1); end;select 1", dollars).size(), 2U);
  EXPECT_EQ(
      texts("create rule r as on insert to a do also (insert into b values (1); delete from c); select 1", dollars)
          .size(),
      2U);
  EXPECT_EQ(texts("begin; select 1; end;", dollars).size(), 3U);
  EXPECT_EQ(texts("create trigger t before insert on a for each row execute function f(); x", dollars).size(), 2U);
}

TEST(Split, attaches_the_data_of_copy) {
  const auto statements = split(
      "COPY public.t (a, b) FROM stdin; -- rows\r\n1\t'x;\r\n\\.x\r\n\\.\r\n\nselect 1;\n"
      "copy t from stdin with (format csv);\n\\.\n copy (select 1) to stdout; copy u from 'stdin'; copy u from "
      "stdin;\n\n",
      dollars);
  ASSERT_EQ(statements.size(), 6U);
  EXPECT_EQ(statements[0].text, "COPY public.t (a, b) FROM stdin");
  EXPECT_EQ(statements[0].data, "1\t'x;\r\n\\.x\r\n");
  EXPECT_EQ(statements[1].text, "select 1");
  EXPECT_EQ(statements[1].place, (Place{6, 1}));
  EXPECT_EQ(statements[1].data, std::nullopt);
  EXPECT_EQ(statements[2].data, "");
  EXPECT_EQ(statements[3].text, "copy (select 1) to stdout");
  EXPECT_EQ(statements[3].leading, "\n ");
  EXPECT_EQ(statements[4].data, std::nullopt);
  EXPECT_EQ(statements[5].data, std::nullopt);
}

TEST(Split, follows_modes_of_the_session) {
  EXPECT_EQ(texts(R"(select "a\";b"; set sql_mode = 'ansi_quotes,no_backslash_escapes'; select "a\"; select '\'; x)",
                  backslashes),
            (Texts{R"(select "a\";b")", "set sql_mode = 'ansi_quotes,no_backslash_escapes'", R"(select "a\")",
                   R"(select '\')", "x"}));
  EXPECT_EQ(texts(R"(/*!40101 SET @old=@@sql_mode, SQL_MODE='NO_BACKSLASH_ESCAPES' */; select '\'; SET sql_mode=@old; )"
                  R"(select '\';'; x)",
                  backslashes)
                .size(),
            5U);
  EXPECT_EQ(texts(R"(SET @@session.sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES'); select '\'; x)", backslashes)
                .size(),
            3U);
  EXPECT_EQ(texts(R"(set global sql_mode = 'no_backslash_escapes'; select '\';'; x)", backslashes).size(), 3U);
  EXPECT_EQ(texts(R"(set standard_conforming_strings to off; select '\';'; reset all; select '\'; x)", dollars).size(),
            5U);
  const auto statements = split("select 1; set standard_conforming_strings = off; select 2", dollars);
  EXPECT_EQ(statements[1].modes, 0U);
  EXPECT_EQ(statements[2].modes, 1U);
  EXPECT_FALSE(in_modes(dollars, statements[1].modes).backslash_escapes);
  EXPECT_TRUE(in_modes(dollars, statements[2].modes).backslash_escapes);
}

TEST(Split, refuses_what_has_no_end) {
  EXPECT_EQ(error_of("select 1;\ninsert into t\n values ('it''s, 2);\nselect 3;", standard, {.file = "a.sql"}),
            "DBCTL-SQL-008 a string is never closed: 'it''s, 2);\nat a.sql:3:10\n"
            "because the statement begins at line 2, column 1\n"
            "-> write the missing '; inside, a ' is written twice");
  EXPECT_EQ(error_of("select \"a", standard),
            "DBCTL-SQL-008 a name in quotes is never closed: \"a\nat line 1, column 8\n"
            "because the statement begins at line 1, column 1\n-> write the missing \"; inside, a \" is written twice");
  EXPECT_EQ(error_of("select [a", brackets),
            "DBCTL-SQL-008 a name in quotes is never closed: [a\nat line 1, column 8\n"
            "because the statement begins at line 1, column 1\n-> write the missing ]");
  EXPECT_EQ(error_of("x;\n /* a", standard),
            "DBCTL-SQL-008 a comment is never closed: /* a\nat line 2, column 2\n-> write the missing */");
  EXPECT_EQ(error_of("/* /* */", dollars),
            "DBCTL-SQL-008 a comment is never closed: /* /* */\nat line 1, column 1\n"
            "-> write the missing */: comments nest here, each /* wants its own");
  EXPECT_EQ(error_of("do $body$ begin ä, ö and so on until the line is long; end", dollars),
            "DBCTL-SQL-008 a string in dollar quotes is never closed: $body$ begin ä, ö and so on until the …\n"
            "at line 1, column 4\nbecause the statement begins at line 1, column 1\n-> write the missing $body$");
  EXPECT_EQ(error_of("/*!50100 select 1;\n", backslashes),
            "DBCTL-SQL-008 the code behind /*!50100 is never closed\nat line 1, column 1\n-> write the missing */");
  EXPECT_EQ(error_of("create procedure p()\nbegin\n if x then\n select 1;\nend;\nselect 2;", backslashes),
            "DBCTL-SQL-008 BEGIN has no END\nat line 2, column 1\nbecause the statement begins at line 1, column 1\n"
            "-> write the missing END: up to there, semicolons end no statement");
  EXPECT_EQ(error_of("insert into t values (1, (2);\nselect 1;", dollars),
            "DBCTL-SQL-008 a parenthesis is never closed\nat line 1, column 22\n"
            "because the statement begins at line 1, column 1\n-> write the missing )");
  EXPECT_EQ(error_of("select 1;\ncopy t from stdin;\n1\t2\n", dollars),
            "DBCTL-SQL-008 the data of COPY … FROM STDIN has no end\nat line 2, column 1\n"
            "-> close it with a line that holds \\. alone");
}

TEST(Split, refuses_what_only_a_client_understands) {
  const std::string hint = "\n-> take it out, or write SQL that does the same";
  EXPECT_EQ(error_of("select 1;\n\\i other.sql\n", dollars),
            "DBCTL-SQL-009 \\i is a command of the database's own client, not SQL\nat line 2, column 1" + hint);
  EXPECT_EQ(error_of("select 1 \\gset\n", dollars),
            "DBCTL-SQL-009 \\gset is a command of the database's own client, not SQL\nat line 1, column 10" + hint);
  EXPECT_EQ(error_of("source other.sql\n", backslashes),
            "DBCTL-SQL-009 source is a command of the database's own client, not SQL\nat line 1, column 1" + hint);
  EXPECT_EQ(error_of("  .read other.sql\n", brackets, {.file = "a.sql"}),
            "DBCTL-SQL-009 .read is a command of the database's own client, not SQL\nat a.sql:1:3" + hint);
  EXPECT_EQ(error_of("copy t from stdin; select 1\n\\.\n", dollars),
            "DBCTL-SQL-009 COPY … FROM STDIN is followed by more on its line: select 1\nat line 1, column 1\n"
            "-> put it on a line of its own, behind the data");
  EXPECT_EQ(texts("\\restrict abc\nselect 1;\n\\unrestrict abc\n", dollars), (Texts{"select 1"}));
  EXPECT_EQ(texts("select \\N, source from t", backslashes), (Texts{"select \\N, source from t"}));
}

TEST(Split, refuses_text_that_is_none) {
  EXPECT_EQ(error_of("\xFF\xFEs", standard),
            "DBCTL-SQL-010 the SQL is written in UTF-16\nat line 1, column 1\n-> save it as UTF-8");
  EXPECT_EQ(error_of(std::string_view("select 1;\n 'a\0'", 14), standard),
            "DBCTL-SQL-010 the SQL holds a NUL byte\nat line 2, column 4\n"
            "because databases stop reading there, without a word\n"
            "-> take it out; in data, write bytes as a hexadecimal literal");
}

TEST(TokenHash, is_of_the_meaning) {
  const auto hash = [](std::string_view script, const LexicalRules& rules) {
    return token_hash(split(script, rules), rules);
  };
  EXPECT_EQ(hash("CREATE TABLE t(a INT);", standard), hash("-- x\r\ncreate table T (\r\n a int)\r\n", standard));
  EXPECT_NE(hash("CREATE TABLE t(a INT)", backslashes), hash("CREATE TABLE T(a INT)", backslashes));
  EXPECT_EQ(hash("CREATE TABLE t(a INT)", backslashes), hash("create table t(a INT)", backslashes));
  EXPECT_NE(hash("select 'A'", standard), hash("select 'a'", standard));
  EXPECT_NE(hash("select \"A\"", standard), hash("select A", standard));
  EXPECT_NE(hash("select 1; select 2", standard), hash("select 2; select 1", standard));
  EXPECT_NE(hash("select 1; select 2", standard), hash("select 1 select 2", standard));
  EXPECT_NE(hash("select /*!50100 1 */", backslashes), hash("select 1", backslashes));
  EXPECT_NE(hash("a @- b", dollars), hash("a @ -b", dollars));
  EXPECT_EQ(hash("a=-b", dollars), hash("a = - b", dollars));
  EXPECT_EQ(hash("DELIMITER //\nselect 1//", backslashes), hash("select 1;", backslashes));
  EXPECT_NE(hash("copy t from stdin;\n1\n\\.\n", dollars), hash("copy t from stdin;\n2\n\\.\n", dollars));
  EXPECT_NE(hash("copy t from stdin;\n\\.\n", dollars), hash("copy t from stdin;", dollars));
  EXPECT_EQ(token_hash("select  1", standard), "822ae07d4783158bc1912bb623e5107cc9002d519e1143a9c200ed6ee18b6d0f");
}

}  // namespace
}  // namespace dbctl::sql
