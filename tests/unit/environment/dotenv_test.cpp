#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

const std::string other_file = "-> put a YAML or .env file there, or take it away";

class Dotenv : public Project {
 protected:
  Dotenv() { development("driver: shop\n"); }
};

TEST_F(Dotenv, UnquotedValues) {
  EXPECT_EQ(value_in_dotenv("plain"), "plain");
  EXPECT_EQ(value_in_dotenv("  spaced out \t"), "spaced out");
  EXPECT_EQ(value_in_dotenv("a # comment"), "a");
  EXPECT_EQ(value_in_dotenv("a#b"), "a#b");
  EXPECT_EQ(value_in_dotenv("#a"), "#a");
  EXPECT_EQ(value_in_dotenv("a=b=c"), "a=b=c");
  EXPECT_EQ(value_in_dotenv("it's \"fine\""), "it's \"fine\"");
  EXPECT_EQ(value_in_dotenv(R"(C:\new\temp)"), R"(C:\new\temp)");
  EXPECT_EQ(value_in_dotenv("$HOME $1 $"), "$HOME $1 $");
  EXPECT_EQ(value_in_dotenv("gr\xc3\xbc\xc3\x9f dich \xf0\x9f\x9b\x92"), "gr\xc3\xbc\xc3\x9f dich \xf0\x9f\x9b\x92");
}

TEST_F(Dotenv, QuotedValues) {
  EXPECT_EQ(value_in_dotenv(R"('single $X ${X} \n # "')"), R"(single $X ${X} \n # ")");
  EXPECT_EQ(value_in_dotenv(R"("double # '")"), "double # '");
  EXPECT_EQ(value_in_dotenv(R"("\n\r\t\"\\\$")"), "\n\r\t\"\\$");
  EXPECT_EQ(value_in_dotenv(R"("\${X}")"), "${X}");
  EXPECT_EQ(value_in_dotenv(R"("\$${DB_X:-y}")"), "$y");
  EXPECT_EQ(value_in_dotenv(R"("${DB_X:-\$}")"), "$");
  EXPECT_EQ(value_in_dotenv("  'padded'   # comment"), "padded");
  EXPECT_EQ(value_in_dotenv("\"two\nlines\""), "two\nlines");
  EXPECT_EQ(value_in_dotenv("'two\nlines'"), "two\nlines");
  EXPECT_EQ(value_in_dotenv("\"a\r\nb\"\r"), "a\nb");
}

TEST_F(Dotenv, EmptyValuesAreValues) {
  write(".env", "DB_SHOP_NAME=n\nDB_SHOP_HOST=\nDB_SHOP_USER=''\nDB_SHOP_PASSWORD=\"\" # none\n");
  const auto made = options();
  EXPECT_TRUE(made.has("host"));
  EXPECT_EQ(made.text("host"), "");
  EXPECT_TRUE(made.has("user"));
  EXPECT_TRUE(made.has("password"));
  EXPECT_EQ(value_in_dotenv("x"), "x");
}

TEST_F(Dotenv, LinesOfEveryShape) {
  write(".env",
        "\xEF\xBB\xBF# with a byte order mark\r\n\r\n  \t\r\nexport DB_SHOP_NAME=one\r\n   export\tDB_SHOP_HOST = two  "
        "\r\n"
        "# DB_SHOP_PORT=1\r\nDB_SHOP_USER=three");
  const auto made = options();
  EXPECT_EQ(made.text("name"), "one");
  EXPECT_EQ(made.text("host"), "two");
  EXPECT_EQ(made.text("user"), "three");
  EXPECT_EQ(made.integer("port"), 4000);
  EXPECT_EQ(made.origin("name"), ".env:4 (DB_SHOP_NAME)");
  EXPECT_EQ(made.origin("user"), ".env:7 (DB_SHOP_USER)");
}

TEST_F(Dotenv, LinesAreCountedThroughLongValues) {
  write(".env", "A=\"1\n2\n3\"\nDB_SHOP_NAME=n\n");
  EXPECT_EQ(options().origin("name"), ".env:4 (DB_SHOP_NAME)");
}

TEST_F(Dotenv, AnEmptyFileIsFine) {
  write(".env", "");
  EXPECT_EQ(load_error(), "no error");
  write(".env", "\n# nothing");
  EXPECT_EQ(load_error(), "no error");
}

TEST_F(Dotenv, LinesThatAreNoAssignmentAreErrorsWithoutTheirText) {
  const std::string rest =
      "\n-> a name has letters, digits and underscores; a value of several lines stands in double quotes";
  for (const char* line : {"s3cret", "export s3cret", "s3-cret=1", "3s=1", "=s3cret", "s3 cret=1", "s3cret # a=b",
                           "'s3cret'=1", "DB.HOST=s3cret", "s3cret: 1"}) {
    EXPECT_EQ(dotenv_error("A=1\n" + std::string(line) + "\n"),
              "DBCTL-ENV-002 a line that is not NAME=value\nat .env:2" + rest)
        << line;
  }
}

TEST_F(Dotenv, QuotesAreClosed) {
  EXPECT_EQ(dotenv_error("\nA=\"s3cret\nB=1\n"),
            "DBCTL-ENV-002 a quote that is never closed\nat .env:2\n-> close it before the file ends");
  EXPECT_EQ(dotenv_error("A='s3cret"),
            "DBCTL-ENV-002 a quote that is never closed\nat .env:1\n-> close it before the file ends");
  EXPECT_EQ(dotenv_error("A=\"s3cret\\"),
            "DBCTL-ENV-002 a quote that is never closed\nat .env:1\n-> close it before the file ends");
  EXPECT_EQ(dotenv_error("A=\"s3\"cret\"\n"),
            "DBCTL-ENV-002 text after the closing quote\nat .env:1\n-> write \\\" for a quote inside double quotes");
}

TEST_F(Dotenv, UnknownEscapesAndControlCharacters) {
  EXPECT_EQ(dotenv_error("A=\"\n\\d\"\n"),
            "DBCTL-ENV-002 an unknown escape in double quotes\nat .env:2\n"
            "-> \\n \\r \\t \\\" \\\\ and \\$ are known; write \\\\ for a backslash, or use single quotes");
  for (const char* text : {"A=a\x01z\n", "A='a\x1bz'\n", "A=\"a\x7fz\"\n", "A=a\rz\n"}) {
    EXPECT_EQ(dotenv_error(text),
              "DBCTL-ENV-002 a control character\nat .env:1\n-> write it as \\n, \\r or \\t in double quotes")
        << text;
  }
}

TEST_F(Dotenv, ANameStandsOnce) {
  EXPECT_EQ(dotenv_error("A=1\nB=2\nA=3\n"),
            "DBCTL-ENV-003 the variable A is set twice\nat .env:3\nbecause it was set before at .env:1\n"
            "-> delete one of the two lines");
}

TEST_F(Dotenv, FilesThatAreNone) {
  std::filesystem::create_directories(request.root / ".env");
  EXPECT_EQ(load_error(),
            "DBCTL-ENV-002 .env cannot be read\nat .env\nbecause it is a directory, not a file\n" + other_file);
  std::filesystem::remove(request.root / ".env");
  EXPECT_EQ(dotenv_error(std::string("A\0B", 3)),
            "DBCTL-ENV-002 .env cannot be read\nat .env\nbecause it holds a zero byte\n-> save it as UTF-8");
  EXPECT_EQ(dotenv_error(std::string(1024 * 1024 + 1, '\n')),
            "DBCTL-ENV-002 .env cannot be read\nat .env\nbecause it is larger than a megabyte\n" + other_file);
}

}  // namespace
}  // namespace dbctl::environment
