#pragma once
#include <string_view>

/// Bytes as the lexer sees them: ASCII by its rules, everything above as letters.
namespace dbctl::sql {

inline bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
inline bool is_name(char c) {
  return is_letter(c) || is_digit(c);
}
inline bool is_word(char c) {
  return is_name(c) || c == '$';
}
inline char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
/// A character that operators are made of where they are runs of such.
inline bool is_operator(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

}  // namespace dbctl::sql
