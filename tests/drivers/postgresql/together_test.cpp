#include "server.hpp"

namespace dbctl::postgresql {
namespace {

class Together : public test::ServerTest {};

TEST_F(Together, texts_mean_the_same_whatever_the_session_was_told) {
  connection->execute({"CREATE TABLE notes (id integer, body text)"});
  const std::string odd = "a\\'b''c\\\\ $1 $$ ; -- \n\xF0\x9F\x98\x80";
  for (const char* const setting : {"on", "off"}) {
    connection->execute({std::string("SET standard_conforming_strings = ") + setting});
    connection->execute_all({{"DELETE FROM notes"},
                             {"INSERT INTO notes VALUES ($1, $2)", {std::int64_t{1}, odd}},
                             {"INSERT INTO notes VALUES ($1, $2)", {std::int64_t{2}, Null{}}}});
    const auto rows = connection->query({"SELECT body FROM notes ORDER BY id"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(to_text(rows.rows[0][0]), odd) << setting;
    EXPECT_TRUE(is_null(rows.rows[1][0]));
  }
}

}  // namespace
}  // namespace dbctl::postgresql
