#pragma once
/// Marks what leaves libdbctl.so. Everything else is compiled with hidden visibility.
#define DBCTL_API __attribute__((visibility("default")))
