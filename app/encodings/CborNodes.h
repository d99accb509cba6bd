#pragma once

#include "decode/NodeBuilder.h"
#include "encodings/KnownRecords.h"

#include <QByteArrayView>

#include <array>
#include <optional>

namespace sockeye {

class ValueSummary;

/// The first bytes of a data item of CBOR (RFC 8949, 3): its type and its argument.
struct CborHead
{
    enum Major : quint8 { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };
    enum class Fault : quint8 {
        None,
        End,        ///< the bytes end in it
        Reserved,   ///< additional information 28 to 30
        Indefinite, ///< of a type that has no indefinite length
        TwoBytes    ///< a simple value below 32 in two bytes
    };

    quint8 major = Unsigned;
    /// The lower five bits of the first byte.
    quint8 info = 0;
    quint64 argument = 0;
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] bool isIndefinite() const { return info == 31; }
    /// Ends an item of indefinite length.
    [[nodiscard]] bool isBreak() const { return major == Simple && info == 31; }
};

/// Reads the head that begins at `at`.
[[nodiscard]] CborHead::Fault readCborHead(QByteArrayView bytes, qsizetype at, CborHead &head);

/// The two strings at the end that cbor-x takes others from (bundleStrings): tag 14 or 15 of a length in UTF-16 stands
/// for the next piece of one of them. Where they stand tells a tag 57337 before the first piece.
class CborBundle final
{
public:
    /// If such a tag stands at `at`, with strings where it says: learns them, and `at` is before what they are told
    /// for.
    bool beginAt(QByteArrayView bytes, qsizetype &at);
    /// Whether the strings stand there, behind what is read.
    [[nodiscard]] bool isAt(qsizetype at) const { return m_begin > 0 && at == m_begin; }
    [[nodiscard]] qsizetype middle() const { return m_middle; }
    [[nodiscard]] qsizetype end() const { return m_end; }
    [[nodiscard]] qsizetype textBegin(int string) const { return m_strings[static_cast<size_t>(string)].textBegin; }
    /// The piece that stands at `at`, which then is behind it; nothing if none does.
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

/// Adds the data item of CBOR that begins there, with its tags, and all that it holds; label() may have named it. Where
/// it ends; nothing if it breaks a rule, which the builder then knows, or if that said to stop. `bytes` are those of
/// the builder. Keys that are no text, tags that mean nothing here and the like are named in diagnostic notation.
/// `records` are those that were defined before; those that the item defines are added, as far as it was read.
[[nodiscard]] std::optional<qsizetype> addCbor(NodeBuilder &builder, QByteArrayView bytes, qsizetype begin,
                                               ValueSummary &summary, KnownRecords *records = nullptr);

} // namespace sockeye
