#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dbctl/value/value.hpp"

namespace dbctl::seed {

/// One object of a data file: its fields in order.
using Record = std::vector<std::pair<std::string, Value>>;

/// A JSON array of flat objects. Numbers keep their digits: whole ones become integers, others decimals as written;
/// nested arrays and objects become Json. Throws Error (seed_data) with file, line and column.
std::vector<Record> parse_json(std::string_view text, const std::string& file);

/// RFC 4180: the first line names the fields. Every value is a text; a field with nothing in it is NULL, an empty text
/// is written in quotes. Throws Error (seed_data) with file and line.
std::vector<Record> parse_csv(std::string_view text, const std::string& file);

/// A YAML list of maps. Every value is a text or NULL, a list of texts is a text array. Throws Error (seed_data) with
/// file, line and column.
std::vector<Record> parse_yaml(std::string_view text, const std::string& file);

/// By the end of the file's name: .json, .csv, .yaml or .yml.
bool is_data_file(std::string_view file);
std::vector<Record> parse_data(std::string_view text, const std::string& file);

}  // namespace dbctl::seed
