#pragma once

#include "decode/NodeBuilder.h"
#include "encodings/KnownRecords.h"

#include <QByteArrayView>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace sockeye {

class ValueSummary;

/// The first bytes of a value of MessagePack (github.com/msgpack/msgpack, spec.md): its type, and its number or length.
struct MsgpackHead
{
    enum Family : quint8 { Integer, Nil, Boolean, Float32, Float64, String, Binary, Array, Map, Extension, Never };

    Family family = Nil;
    /// The number (of a negative one its two's complement), the bits of a float, or the length.
    quint64 argument = 0;
    bool isNegative = false;
    qint8 extension = 0;
    qsizetype begin = 0;
    /// What it holds begins here.
    qsizetype end = 0;
};

/// Reads the head that begins at `at`; false if the bytes end in it.
[[nodiscard]] bool readMsgpackHead(QByteArrayView bytes, qsizetype at, MsgpackHead &head);

/// The two strings at the end that msgpackr takes others from (bundleStrings): a byte c1 and a length in UTF-16 stand
/// for the next piece of one of them.
class MsgpackBundle final
{
public:
    /// Learns the strings by the extension that tells where they stand; false if they do not.
    bool begin(QByteArrayView bytes, const MsgpackHead &extension);
    /// Likewise, if such an extension stands at `at`, which then is behind it.
    void beginAt(QByteArrayView bytes, qsizetype &at);
    /// Whether the strings stand there, between what is read.
    [[nodiscard]] bool isAt(qsizetype at) const { return m_begin > 0 && at == m_begin; }
    [[nodiscard]] bool isEmpty() const { return m_begin == 0; }
    [[nodiscard]] qsizetype middle() const { return m_middle; }
    [[nodiscard]] qsizetype end() const { return m_end; }
    [[nodiscard]] qsizetype textBegin(int string) const { return m_strings[static_cast<size_t>(string)].textBegin; }
    /// The piece whose length stands at `at`, which then is behind it; nothing if the strings are too short.
    std::optional<QString> take(QByteArrayView bytes, qsizetype &at);

private:
    struct String
    {
        qsizetype textBegin = 0;
        QString text;
        qsizetype taken = 0;
    };

    qsizetype m_begin = 0;
    qsizetype m_middle = 0;
    qsizetype m_end = 0;
    std::array<String, 2> m_strings;
};

/// The records of msgpackr: an extension 0x72, whose one or two bytes are an id, stands before the array of their keys
/// and their values, all without a length around it; from then on the id stands before values.
class MsgpackRecords final
{
public:
    /// A key, with its head.
    struct Key
    {
        QString name;
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    using Keys = std::shared_ptr<const std::vector<Key>>;
    struct Record
    {
        Keys keys;
        int id = 0;
        /// The first value begins here.
        qsizetype end = 0;
    };

    MsgpackRecords() = default;
    /// With those that were defined before.
    explicit MsgpackRecords(KnownRecords known)
        : m_known(std::move(known))
    {
    }

    /// Learns the record that the extension defines; nothing if none is defined there.
    std::optional<Record> define(QByteArrayView bytes, const MsgpackHead &extension, MsgpackBundle &bundle);
    /// The record whose id begins there; nothing if no such one is known.
    [[nodiscard]] std::optional<Record> find(QByteArrayView bytes, const MsgpackHead &id) const;
    [[nodiscard]] bool isEmpty() const { return m_keys.empty() && m_known.isEmpty(); }
    /// Those that were defined, here or before.
    [[nodiscard]] const KnownRecords &known() const { return m_known; }

private:
    [[nodiscard]] Keys keysOf(int first, int second) const;

    /// By the first byte and the second one, which is NoByte for ids of one.
    std::map<std::pair<int, int>, Keys> m_keys;
    KnownRecords m_known;
};

/// An extension that says what the value behind it is: a set, an error and others of msgpackr.
[[nodiscard]] bool isMsgpackPrefix(QByteArrayView bytes, const MsgpackHead &head);

/// Adds the value of MessagePack that begins there, with all that it holds; label() may have named it. Where it ends;
/// nothing if it breaks a rule, which the builder then knows, or if that said to stop. `bytes` are those of the
/// builder. `records` are those that were defined before; those that the value defines are added, as far as it was
/// read.
[[nodiscard]] std::optional<qsizetype> addMsgpack(NodeBuilder &builder, QByteArrayView bytes, qsizetype begin,
                                                  ValueSummary &summary, KnownRecords *records = nullptr);

} // namespace sockeye
