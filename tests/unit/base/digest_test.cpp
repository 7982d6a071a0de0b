#include "dbctl/base/digest.hpp"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "dbctl/base/clock.hpp"

namespace dbctl {
namespace {

TEST(Digest, agreesWithThePublishedSha256Examples) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, agreesWithThePublishedUuid5Example) {
  // RFC 9562, A.4: the DNS name space
  EXPECT_EQ(uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(uuid5("6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(Digest, refusesANameSpaceThatIsNoUuid) {
  try {
    uuid5("dns", "x");
    FAIL();
  } catch (const std::invalid_argument& e) {
    EXPECT_STREQ(e.what(), "'dns' is not a uuid");
  }
}

TEST(Digest, randomUuidsDifferAndSayTheirVersion) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto id = uuid4();
    EXPECT_TRUE(is_uuid(id)) << id;
    EXPECT_EQ(id[14], '4') << id;
    EXPECT_NE(std::string_view("89ab").find(id[19]), std::string_view::npos) << id;
    seen.insert(id);
  }
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(Digest, knowsAUuidWhenItSeesOne) {
  EXPECT_TRUE(is_uuid("2ED6657d-e927-568b-95e1-2665a8aea6a2"));
  EXPECT_FALSE(is_uuid("2ed6657de927568b95e12665a8aea6a2"));
  EXPECT_FALSE(is_uuid("2ed6657d-e927-568b-95e1-2665a8aea6ag"));
  EXPECT_FALSE(is_uuid("2ed6657d-e927-568b-95e12-665a8aea6a2"));
  EXPECT_FALSE(is_uuid(""));
}

TEST(Clock, tellsUtcToTheMicrosecond) {
  const auto now = utc_now();
  ASSERT_EQ(now.size(), 26U) << now;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const char mark = i == 4 || i == 7 ? '-' : i == 10 ? ' ' : i == 13 || i == 16 ? ':' : i == 19 ? '.' : '0';
    if (mark == '0')
      EXPECT_TRUE(now[i] >= '0' && now[i] <= '9') << now;
    else
      EXPECT_EQ(now[i], mark) << now;
  }
  EXPECT_LE(now, utc_now());
}

}  // namespace
}  // namespace dbctl
