#include "unit/environment/project.hpp"

namespace dbctl::environment {
namespace {

class Url : public Project {
 protected:
  std::string shown(const std::string& url, const driver::DriverInfo& info = shop()) {
    request.url = url;
    const auto made = options(info);
    std::string text;
    for (const auto& spec : info.options) {
      const auto& entry = made.all().find(spec.name)->second;
      if (entry.origin != "--url") continue;
      const auto* secret = std::get_if<Secret>(&entry.value);
      const auto* number = std::get_if<std::int64_t>(&entry.value);
      const auto* flag = std::get_if<bool>(&entry.value);
      text += (text.empty() ? "" : " ") + spec.name + "=" +
              (secret   ? secret->reveal()
               : number ? std::to_string(*number)
               : flag   ? (*flag ? "true" : "false")
                        : std::get<std::string>(entry.value));
    }
    return text;
  }
  std::string error(const std::string& url, const driver::DriverInfo& info = shop()) {
    request.url = url;
    return options_error(info);
  }
};

TEST_F(Url, Servers) {
  EXPECT_EQ(shown("shop://user:pass@host:1234/name"), "host=host port=1234 name=name user=user password=pass");
  EXPECT_EQ(shown("SHOP://host/name"), "host=host name=name");
  EXPECT_EQ(shown("shopql://host/name"), "host=host name=name");
  EXPECT_EQ(shown("shop:///name"), "name=name");
  EXPECT_EQ(shown("shop://user@/name"), "name=name user=user");
  EXPECT_EQ(shown("shop://user:@host/name"), "host=host name=name user=user password=");
  EXPECT_EQ(shown("shop://:pass@host/name"), "host=host name=name password=pass");
  EXPECT_EQ(shown("shop://u:a:b@host/name"), "host=host name=name user=u password=a:b");
  EXPECT_EQ(shown("shop://host:/name"), "host=host name=name");
  EXPECT_EQ(shown("shop://host/name?ssl_mode=require"), "host=host name=name ssl_mode=require");
  EXPECT_EQ(shown("shop://host?name=q&ssl_mode=disable&"), "host=host name=q ssl_mode=disable");
  EXPECT_EQ(shown("shop://host/?name=q"), "host=host name=q");
  EXPECT_EQ(shown("shop://host/name?password=p%26q"), "host=host name=name password=p&q");
}

TEST_F(Url, Addresses) {
  EXPECT_EQ(shown("shop://[::1]:1234/name"), "host=::1 port=1234 name=name");
  EXPECT_EQ(shown("shop://u:p@[fe80::1]/name"), "host=fe80::1 name=name user=u password=p");
  EXPECT_EQ(shown("shop://10.0.0.1:80/name"), "host=10.0.0.1 port=80 name=name");
  EXPECT_EQ(shown("shop://%2Fvar%2Frun/name"), "host=/var/run name=name");
}

TEST_F(Url, PercentEncoding) {
  EXPECT_EQ(shown("shop://us%65r:p%40%3a%2F%3f%23%25@h/n%20m"), "host=h name=n m user=user password=p@:/?#%");
  EXPECT_EQ(shown("shop://u:a+b@h/n"), "host=h name=n user=u password=a+b");
  EXPECT_EQ(shown("shop://u:%C3%BC@h/n"), "host=h name=n user=u password=\xc3\xbc");
}

TEST_F(Url, Files) {
  EXPECT_EQ(shown("file:app.db", file()), "file=app.db");
  EXPECT_EQ(shown("file:./db/app.db", file()), "file=./db/app.db");
  EXPECT_EQ(shown("file:/abs/app.db", file()), "file=/abs/app.db");
  EXPECT_EQ(shown("file:///abs/app.db", file()), "file=/abs/app.db");
  EXPECT_EQ(shown("file::memory:", file()), "file=:memory:");
  EXPECT_EQ(shown("file3:app.db?sync=false", file()), "file=app.db sync=false");
  EXPECT_EQ(shown("file:my file @ home #1.db", file()), "file=my file @ home #1.db");
  EXPECT_EQ(shown("file:a%3Fb.db", file()), "file=a?b.db");
}

TEST_F(Url, PartsThatTheDriverDoesNotTake) {
  EXPECT_EQ(error("file://app.db", file()),
            "DBCTL-ENV-004 the driver \"file\" takes no host in its URL\nat --url\n"
            "-> write file:relative/path or file:///absolute/path");
  EXPECT_EQ(error("file://u:p@/x", file()),
            "DBCTL-ENV-004 the driver \"file\" takes no user in its URL\nat --url\n"
            "-> write file:relative/path or file:///absolute/path");
  EXPECT_EQ(error("shop:name"),
            "DBCTL-ENV-004 the driver \"shop\" takes no path without two slashes in its URL\nat --url\n"
            "-> write shop://user:password@host:port/name");
  EXPECT_EQ(error("file:", file()),
            "DBCTL-ENV-006 the driver \"file\" needs the option \"file\"\nbecause the file\n-> export DB_FILE_PATH");
}

TEST_F(Url, Options) {
  EXPECT_EQ(error("shop://h/n?ssl_mod=require"),
            "DBCTL-ENV-003 the URL names an option that the driver \"shop\" does not have\nat --url\n"
            "because known options: host, port, name, user, password, ssl_mode\n-> did you mean \"ssl_mode\"?\n"
            "-> take out what follows the ?, or write one of the known options");
  EXPECT_EQ(error("shop://h/n?ssl_mode=yes"),
            "DBCTL-ENV-004 option \"ssl_mode\" takes one of disable, prefer, require, not \"yes\"\nat --url\n"
            "because encryption\n-> write one of disable, prefer, require there, or take the value out");
  EXPECT_EQ(error("shop://h/n?host=i"),
            "DBCTL-ENV-003 the URL gives the option \"host\" twice\nat --url\n-> write it once");
  EXPECT_EQ(error("shop://h/n?ssl_mode=prefer&ssl_mode=prefer"),
            "DBCTL-ENV-003 the URL gives the option \"ssl_mode\" twice\nat --url\n-> write it once");
  for (const char* url : {"shop://h/n?a", "shop://h/n?=a"}) {
    EXPECT_EQ(error(url),
              "DBCTL-ENV-004 the URL of the database cannot be understood\nat --url\n"
              "because what follows the ? is not option=value\n-> write %3F for a ? in a password");
  }
}

TEST_F(Url, Malformed) {
  const auto because = [](const std::string& why, const std::string& next) {
    return "DBCTL-ENV-004 the URL of the database cannot be understood\nat --url\nbecause " + why + "\n-> " + next;
  };
  for (const char* url : {"", "app.db", "/abs/app.db", "://h/n", "1shop://h/n", "sh op://h/n", "//h/n", "h/n?a:b"}) {
    EXPECT_EQ(error(url), because("it does not begin with a scheme",
                                  "write scheme://user:password@host:port/name?option=value, or scheme:path"))
        << url;
  }
  for (const char* url : {"shop://u:p%@h/n", "shop://u:p%4@h/n", "shop://h/n%zz", "shop://h/n?name=%"}) {
    EXPECT_EQ(error(url), because("a % that two hexadecimal digits do not follow", "write %25 for a %")) << url;
  }
  EXPECT_EQ(error("shop://u:p%00@h/n"), because("it holds a zero byte (%00)", "leave %00 out"));
  EXPECT_EQ(error("shop://u:p#q@h/n"), because("it holds a #", "write %23 for a #"));
  EXPECT_EQ(error("shop://u:p q@h/n"), because("it holds a blank or a control character", "write %20 for a blank"));
  EXPECT_EQ(error("shop://u:p@q@h/n"),
            because("it holds more than one @", "write %40 for an @ in a user's name or password"));
  EXPECT_EQ(error("shop://u:1/2@h/n"),
            because("an @ after the host", "write %2F, %3F and %40 for / ? and @ in a user's name or password"));
  EXPECT_EQ(error("shop://u:1?name=2@h/n"),
            because("an @ after the host", "write %2F, %3F and %40 for / ? and @ in a user's name or password"));
  for (const char* url : {"shop://h:x/n", "shop://u:p/n", "shop://h:123456/n", "shop://h:-1/n", "shop://[::1]:x/n"}) {
    EXPECT_EQ(error(url), because("the port is not a number",
                                  "write : / ? # @ and % in a user's name or password as %3A %2F %3F %23 %40 and %25"))
        << url;
  }
  EXPECT_EQ(error("shop://::1/n"),
            because("more than one colon after the host", "write an IPv6 address in brackets, like [::1]:1234"));
  for (const char* url : {"shop://[::1/n", "shop://[::1]x/n"}) {
    EXPECT_EQ(error(url), because("the brackets of an IPv6 address are not closed", "write it like [::1]:1234")) << url;
  }
  EXPECT_EQ(error("shop://h:65536/n"),
            "DBCTL-ENV-004 option \"port\" takes a whole number from 1 to 65535, not \"65536\"\nat --url\nbecause its "
            "port\n-> write a whole number from 1 to 65535 there, or take the value out");
  EXPECT_EQ(error("shop://h:0/n"),
            "DBCTL-ENV-004 option \"port\" takes a whole number from 1 to 65535, not \"0\"\nat --url\nbecause its "
            "port\n-> write a whole number from 1 to 65535 there, or take the value out");
}

}  // namespace
}  // namespace dbctl::environment
