#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

/// A plugin holds all its migrations from the moment it is loaded, and whoever asks for their names only pays for every
/// page of them. Of what an operation can say most say little: eight of nine words are zero. The others are kept.
namespace dbctl::dsl::packed {

/// Words of the plugin's own that stay until the process ends.
class Arena {
 public:
  /// Room for so many; what lies behind `end` is given back.
  std::uint64_t* open(std::size_t words) {
    constexpr std::size_t block = 8192;
    if (left_ < words) {
      left_ = words < block ? block : words;
      next_ = new std::uint64_t[left_];
    }
    return next_;
  }
  void close(std::uint64_t* end) {
    left_ -= static_cast<std::size_t>(end - next_);
    next_ = end;
  }

 private:
  std::uint64_t* next_ = nullptr;
  std::size_t left_ = 0;
};
__attribute__((visibility("hidden"))) inline constinit Arena arena;

/// For every 64 words one that tells which of them follow. Returns the end; `to` holds twice as many at most.
inline std::uint64_t* pack(const std::uint64_t* from, std::size_t count, std::uint64_t* to) {
  for (std::size_t first = 0; first < count; first += 64) {
    std::uint64_t& kept = *to++;
    kept = 0;
    for (std::size_t i = first; i < count && i < first + 64; ++i) {
      if (from[i] == 0) continue;
      kept |= std::uint64_t{1} << (i - first);
      *to++ = from[i];
    }
  }
  return to;
}
inline const std::uint64_t* unpack(const std::uint64_t* from, std::uint64_t* to, std::size_t count) {
  for (std::size_t first = 0; first < count; first += 64) {
    const std::uint64_t kept = *from++;
    for (std::size_t i = first; i < count && i < first + 64; ++i) to[i] = (kept >> (i - first) & 1U) != 0 ? *from++ : 0;
  }
  return from;
}

/// Nothing between the members that no one has written: such a type is its words.
template <class T>
inline constexpr bool is_words = std::is_trivially_copyable_v<T>&& std::has_unique_object_representations_v<T> &&
                                 sizeof(T) % 8 == 0;

class Writer {
 public:
  explicit Writer(std::size_t most_words) : begin_(arena.open(most_words)), end_(begin_) {}
  ~Writer() { arena.close(end_); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  const std::uint64_t* begin() const { return begin_; }
  template <class T>
  void put(const T& value) {
    static_assert(is_words<T>, "declare the padding, and set it to 0");
    const auto words = std::bit_cast<std::array<std::uint64_t, sizeof(T) / 8>>(value);
    end_ = pack(words.data(), words.size(), end_);
  }

 private:
  std::uint64_t* begin_;
  std::uint64_t* end_;
};

class Reader {
 public:
  explicit Reader(const std::uint64_t* at) : at_(at) {}

  template <class T>
  T take() {
    static_assert(is_words<T>);
    std::array<std::uint64_t, sizeof(T) / 8> words;
    at_ = unpack(at_, words.data(), words.size());
    return std::bit_cast<T>(words);
  }

 private:
  const std::uint64_t* at_;
};

}  // namespace dbctl::dsl::packed
