#include "encodings/MsgpackNodes.h"

#include "base/Bytes.h"
#include "encodings/ValueTexts.h"

#include <QCoreApplication>
#include <QStringList>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Types of extensions: of the specification, and of msgpackr.
constexpr qint8 MsgpackTimestamp = -1;
constexpr qint8 MsgpackUndefined = 0;
constexpr qint8 MsgpackBigInteger = 0x42;
constexpr qint8 MsgpackBundled = 0x62;
constexpr qint8 MsgpackError = 0x65;
constexpr qint8 MsgpackIdentified = 0x69;
constexpr qint8 MsgpackPointer = 0x70;
constexpr qint8 MsgpackRecord = 0x72;
constexpr qint8 MsgpackSet = 0x73;
constexpr qint8 MsgpackTypedArray = 0x74;
constexpr qint8 MsgpackRegExp = 0x78;

/// In place of the second byte of an id that has one.
constexpr int NoByte = -1;

/// The number of a record by the bytes of its id.
quint32 msgpackRecordNumber(int first, int second)
{
    return static_cast<quint32>(first) | static_cast<quint32>(second + 1) << 8;
}
/// Numbers from here to the end of those in one byte are ids of records.
constexpr quint64 FirstMsgpackRecord = 0x40;
constexpr quint64 LastMsgpackRecord = 0x7f;
/// Characters of a key that is no text.
constexpr qsizetype MaxMsgpackKey = 200;

/// The elements of a typed array of msgpackr, by the number that it gives its type.
struct MsgpackElements
{
    enum Type : quint8 { Signed, Unsigned, Float };

    const char16_t *name = nullptr;
    Type type = Unsigned;
    qsizetype size = 1;
};

constexpr std::array MsgpackElementTypes{
    MsgpackElements{u"Int8Array", MsgpackElements::Signed, 1},
    MsgpackElements{u"Uint8Array", MsgpackElements::Unsigned, 1},
    MsgpackElements{u"Uint8ClampedArray", MsgpackElements::Unsigned, 1},
    MsgpackElements{u"Int16Array", MsgpackElements::Signed, 2},
    MsgpackElements{u"Uint16Array", MsgpackElements::Unsigned, 2},
    MsgpackElements{u"Int32Array", MsgpackElements::Signed, 4},
    MsgpackElements{u"Uint32Array", MsgpackElements::Unsigned, 4},
    MsgpackElements{u"Float32Array", MsgpackElements::Float, 4},
    MsgpackElements{u"Float64Array", MsgpackElements::Float, 8},
    MsgpackElements{u"BigInt64Array", MsgpackElements::Signed, 8},
    MsgpackElements{u"BigUint64Array", MsgpackElements::Unsigned, 8},
};

template<typename Signed, typename Unsigned>
QString msgpackInteger(const char *bytes, bool isSigned)
{
    return isSigned ? QString::number(qFromLittleEndian<Signed>(bytes))
                    : QString::number(qFromLittleEndian<Unsigned>(bytes));
}

/// Typed arrays are written as they are in memory: the least byte first on all machines that run JavaScript.
QString msgpackElement(const MsgpackElements &elements, const char *bytes)
{
    const bool isSigned = elements.type == MsgpackElements::Signed;
    const bool isFloat = elements.type == MsgpackElements::Float;
    switch (elements.size) {
    case 1:
        return msgpackInteger<qint8, quint8>(bytes, isSigned);
    case 2:
        return msgpackInteger<qint16, quint16>(bytes, isSigned);
    case 4:
        return isFloat ? floatText(qFromLittleEndian<float>(bytes)) : msgpackInteger<qint32, quint32>(bytes, isSigned);
    default:
        return isFloat ? doubleText(qFromLittleEndian<double>(bytes))
                       : msgpackInteger<qint64, quint64>(bytes, isSigned);
    }
}

/// The text of a value that holds nothing and is no string.
QString msgpackScalar(const MsgpackHead &head)
{
    switch (head.family) {
    case MsgpackHead::Integer:
        return head.isNegative ? QString::number(static_cast<qint64>(head.argument)) : QString::number(head.argument);
    case MsgpackHead::Boolean:
        return head.argument != 0 ? u"true"_s : u"false"_s;
    case MsgpackHead::Float32:
        return floatText(std::bit_cast<float>(static_cast<quint32>(head.argument)));
    case MsgpackHead::Float64:
        return doubleText(std::bit_cast<double>(head.argument));
    default:
        return u"null"_s;
    }
}

/// A two's complement of any length, most significant byte first.
QString signedText(QByteArrayView bytes)
{
    const bool isNegative = !bytes.isEmpty() && (static_cast<quint8>(bytes.front()) & 0x80) != 0;
    if (!isNegative)
        return integerText(bytes);
    // -1 - ~n is n.
    QByteArray inverted = bytes.toByteArray();
    for (char &byte : inverted)
        byte = static_cast<char>(~byte);
    return negativeIntegerText(inverted);
}

/// Where and how MessagePack breaks a rule.
struct MsgpackBreach
{
    qsizetype at = 0;
    QString rule;
};

/// The rules of MessagePack in words.
class MsgpackRules final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::MsgpackDecoder)

public:
    static QString end() { return tr("The bytes end in the middle of a value."); }
    static QString never() { return tr("The byte c1 is never used in MessagePack."); }
    static QString length(quint64 size, qsizetype left)
    {
        return tr("The value is %1 bytes long, but only %2 are left.").arg(size).arg(left);
    }
    static QString depth(qint32 depth) { return tr("The key is nested deeper than %1 levels.").arg(depth); }
};

/// Writes a value as CBOR's diagnostic notation does (RFC 8949, 8), which has a notation for all that may be a key.
class MsgpackNotation final
{
public:
    MsgpackNotation(QByteArrayView bytes, qint32 maxDepth)
        : m_bytes(bytes)
        , m_maxDepth(maxDepth)
    {
    }

    /// Where the value ends; nothing if it breaks a rule.
    std::optional<qsizetype> read(qsizetype begin)
    {
        m_at = begin;
        do {
            if (!step())
                return {};
        } while (!m_open.empty());
        return m_at;
    }

    [[nodiscard]] QString text() const
    {
        return m_text.size() > MaxMsgpackKey ? m_text.left(MaxMsgpackKey) + u'…' : m_text;
    }
    [[nodiscard]] const MsgpackBreach &breach() const { return m_breach; }

private:
    struct Frame
    {
        /// Of a map two for each pair.
        quint64 left = 0;
        quint64 done = 0;
        bool isMap = false;
    };

    bool fail(qsizetype at, const QString &rule)
    {
        m_breach = {at, rule};
        return false;
    }

    void write(QStringView text)
    {
        if (m_text.size() <= MaxMsgpackKey)
            m_text += text;
    }

    bool step()
    {
        MsgpackHead head;
        if (!readMsgpackHead(m_bytes, m_at, head))
            return fail(m_at, MsgpackRules::end());
        if (head.family == MsgpackHead::Never)
            return fail(m_at, MsgpackRules::never());
        if (!m_open.empty() && m_open.back().done > 0)
            write(m_open.back().isMap && m_open.back().done % 2 == 1 ? u": " : u", ");
        m_at = head.end;
        const bool isMap = head.family == MsgpackHead::Map;
        if (isMap || head.family == MsgpackHead::Array) {
            if (m_open.size() >= static_cast<size_t>(m_maxDepth))
                return fail(head.begin, MsgpackRules::depth(m_maxDepth));
            write(isMap ? u"{" : u"[");
            m_open.push_back({head.argument * (isMap ? 2 : 1), 0, isMap});
        } else {
            if (head.family < MsgpackHead::String)
                write(msgpackScalar(head));
            else if (!string(head))
                return false;
            ++(m_open.empty() ? m_none : m_open.back().done);
        }
        while (!m_open.empty() && m_open.back().done >= m_open.back().left) {
            write(m_open.back().isMap ? u"}" : u"]");
            m_open.pop_back();
            ++(m_open.empty() ? m_none : m_open.back().done);
        }
        return true;
    }

    bool string(const MsgpackHead &head)
    {
        const qsizetype left = m_bytes.size() - m_at;
        if (head.argument > static_cast<quint64>(left))
            return fail(head.begin, MsgpackRules::length(head.argument, left));
        const auto size = static_cast<qsizetype>(head.argument);
        const QByteArrayView shown = m_bytes.sliced(m_at, std::min(size, MaxMsgpackKey));
        m_at += size;
        if (head.family == MsgpackHead::String) {
            QString text = textFromUtf8(shown);
            text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
            write(u'"' + text + u'"');
            return true;
        }
        const QString hex = u"h'"_s + QString::fromLatin1(shown.toByteArray().toHex()) + u'\'';
        write(head.family == MsgpackHead::Binary ? hex : u"ext(%1, %2)"_s.arg(head.extension).arg(hex));
        return true;
    }

    const QByteArrayView m_bytes;
    const qint32 m_maxDepth;
    qsizetype m_at = 0;
    QString m_text;
    std::vector<Frame> m_open;
    /// Counts what nothing holds.
    quint64 m_none = 0;
    MsgpackBreach m_breach;
};

/// Reads a value and adds its nodes.
class MsgpackReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::MsgpackDecoder)

public:
    MsgpackReader(NodeBuilder &builder, QByteArrayView bytes, ValueSummary &summary, const KnownRecords &records)
        : m_builder(builder)
        , m_bytes(bytes)
        , m_summary(summary)
        , m_records(records)
    {
    }

    [[nodiscard]] const MsgpackRecords &records() const { return m_records; }

    std::optional<qsizetype> read(qsizetype begin)
    {
        m_at = begin;
        do {
            if (m_bundle.isAt(m_at))
                m_at = m_bundle.end();
            if (!m_builder.goOn(m_at) || !(isAtKey() ? readKey() : readValue()))
                return {};
        } while (!m_open.empty());
        if (m_bundle.isAt(m_at))
            addBundle();
        return m_at;
    }

    /// The bytes are a record's id, and its values to the end; its keys are not known.
    std::optional<qsizetype> readUnknownRecord()
    {
        MsgpackHead id;
        if (!readMsgpackHead(m_bytes, 0, id) || !m_builder.open(Node::Kind::Array, 0))
            return {};
        m_builder.note(tr("record %1 of msgpackr, whose keys an earlier message defines").arg(id.argument));
        m_summary.begin(u'[');
        m_at = id.end;
        while (m_at < m_bytes.size()) {
            if (!read(m_at))
                return {};
        }
        m_summary.end(u']');
        m_builder.close(m_at);
        return m_at;
    }

private:
    struct Frame
    {
        quint64 left = 0;
        bool isMap = false;
        /// Of a map: a key is what comes next.
        bool isKey = false;
        /// Of a record.
        MsgpackRecords::Keys keys;
        size_t nextKey = 0;
        /// The keys stand in the record.
        bool hasKeys = false;
    };

    /// A value, with the extensions that stand before it.
    struct Item
    {
        qsizetype begin = 0;
        QStringList notes;
        MsgpackHead head;
    };

    bool fail(qsizetype at, const QString &rule)
    {
        m_builder.fail(at, rule);
        return false;
    }

    [[nodiscard]] bool isAtKey() const { return !m_open.empty() && m_open.back().isKey; }

    bool readKey()
    {
        const qsizetype begin = m_at;
        m_open.back().isKey = false;
        if (m_summary.isFull() && readPlainName())
            return true;
        QString name;
        if (!readName(name))
            return false;
        m_builder.label(name, begin, m_at);
        m_summary.key(name);
        return true;
    }

    /// The most frequent kind of key, without making a string of it: a text that is no number.
    bool readPlainName()
    {
        MsgpackHead head;
        if (!m_bundle.isEmpty() || !readMsgpackHead(m_bytes, m_at, head) || head.family != MsgpackHead::String ||
            head.argument == 0 || head.argument > static_cast<quint64>(m_bytes.size() - head.end))
            return false;
        const QByteArrayView text = m_bytes.sliced(head.end, static_cast<qsizetype>(head.argument));
        const char first = text.front();
        const bool isWord = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_';
        if (!isWord || !isValidUtf8(text))
            return false;
        m_isKeyDigits = false;
        m_builder.labelUtf8(text, m_at, head.end + text.size());
        m_at = head.end + text.size();
        return true;
    }

    /// A text as it is, other values in diagnostic notation.
    bool readName(QString &name)
    {
        m_isKeyDigits = false;
        m_bundle.beginAt(m_bytes, m_at);
        MsgpackHead head;
        if (readMsgpackHead(m_bytes, m_at, head) && head.family == MsgpackHead::String &&
            head.argument <= static_cast<quint64>(m_bytes.size() - head.end)) {
            const QByteArrayView text = m_bytes.sliced(head.end, static_cast<qsizetype>(head.argument));
            if (isValidUtf8(text)) {
                name = textFromUtf8(text);
                m_at = head.end + text.size();
                static_cast<void>(name.toLongLong(&m_isKeyDigits));
                return true;
            }
        }
        if (head.family == MsgpackHead::Never && !m_bundle.isEmpty()) {
            qsizetype at = head.end;
            const auto text = m_bundle.take(m_bytes, at);
            if (!text)
                return fail(m_at, tr("The bundled strings of msgpackr are not that long."));
            name = *text;
            m_at = at;
            return true;
        }
        MsgpackNotation notation(m_bytes, m_builder.maxDepth());
        const auto end = notation.read(m_at);
        if (!end)
            return fail(notation.breach().at, notation.breach().rule);
        name = notation.text();
        m_at = *end;
        return true;
    }

    bool readValue()
    {
        Item item;
        item.begin = m_at;
        if (!readHeads(item))
            return false;
        nameElement();
        const MsgpackHead &head = item.head;
        switch (head.family) {
        case MsgpackHead::String:
        case MsgpackHead::Binary:
        case MsgpackHead::Extension:
            return readBytes(item);
        case MsgpackHead::Array:
            return open(item, Frame{head.argument, false, false, {}, 0, false}, false);
        case MsgpackHead::Map:
            return open(item, Frame{head.argument, true, true, {}, 0, false}, true);
        case MsgpackHead::Never:
            return readBundled(item);
        default:
            break;
        }
        if (const auto record = m_records.find(m_bytes, head)) {
            m_at = record->end;
            item.notes += tr("record %1 of msgpackr").arg(record->id);
            return open(item, Frame{record->keys->size(), false, false, record->keys, 0, false}, true);
        }
        addScalar(item);
        return true;
    }

    /// The value's head, and extensions that say what it is.
    bool readHeads(Item &item)
    {
        constexpr qsizetype MaxPrefixes = 8;
        for (;;) {
            if (!m_builder.goOn(m_at))
                return false;
            if (!readMsgpackHead(m_bytes, m_at, item.head))
                return fail(item.begin, MsgpackRules::end());
            if (!isMsgpackPrefix(m_bytes, item.head) || item.notes.size() >= MaxPrefixes)
                break;
            const qsizetype end = item.head.end + static_cast<qsizetype>(item.head.argument);
            if (item.head.extension == MsgpackBundled && !m_bundle.begin(m_bytes, item.head))
                break;
            item.notes += extensionText(item.head);
            m_at = end;
        }
        m_at = item.head.end;
        return true;
    }

    [[nodiscard]] QString extensionText(const MsgpackHead &head) const
    {
        const QString type = tr("extension %1").arg(head.extension);
        switch (head.extension) {
        case MsgpackBundled:
            return type + tr(" of msgpackr: bundled strings");
        case MsgpackError:
            return type + tr(" of msgpackr: error");
        case MsgpackIdentified:
            return type + tr(" of msgpackr: shared value %1").arg(qFromBigEndian<quint32>(m_bytes.data() + head.end));
        case MsgpackSet:
            return type + tr(" of msgpackr: set");
        case MsgpackRegExp:
            return type + tr(" of msgpackr: regular expression");
        default:
            return type;
        }
    }

    /// Names an element of a record.
    void nameElement()
    {
        if (m_open.empty() || !m_open.back().keys)
            return;
        Frame &frame = m_open.back();
        if (frame.nextKey >= frame.keys->size())
            return;
        const MsgpackRecords::Key &key = (*frame.keys)[frame.nextKey++];
        if (frame.hasKeys)
            m_builder.label(key.name, key.begin, key.end);
        else
            m_builder.label(key.name);
        m_summary.key(key.name);
    }

    [[nodiscard]] QString noteOf(const Item &item, const QString &rest = {})
    {
        if (item.notes.isEmpty() && rest.isEmpty() && !m_isKeyDigits)
            return {};
        QStringList notes = item.notes;
        if (!rest.isEmpty())
            notes += rest;
        if (std::exchange(m_isKeyDigits, false))
            notes += tr("the key is text");
        return notes.join(u", ");
    }

    void addScalar(const Item &item)
    {
        const MsgpackHead &head = item.head;
        if (m_summary.isFull() && m_records.isEmpty() && head.family == MsgpackHead::Integer) {
            std::array<char, 24> digits{};
            const auto end =
                head.isNegative
                    ? std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<qint64>(head.argument))
                          .ptr
                    : std::to_chars(digits.data(), digits.data() + digits.size(), head.argument).ptr;
            m_builder.addAscii(Node::Kind::Number, item.begin, m_at, QByteArrayView(digits.data(), end), noteOf(item));
            finishValue();
            return;
        }
        const QString text = msgpackScalar(head);
        QString rest;
        // Most are float64, which is told where the text looks like an integer.
        if (head.family == MsgpackHead::Float32)
            rest = u"float32"_s;
        else if (head.family == MsgpackHead::Float64 &&
                 std::ranges::all_of(text, [](QChar c) { return c.isDigit() || c == u'-'; }))
            rest = u"float64"_s;
        const bool isIdOfRecord = head.family == MsgpackHead::Integer && head.end - head.begin == 1 &&
                                  head.argument >= FirstMsgpackRecord && head.argument <= LastMsgpackRecord;
        if (isIdOfRecord && !m_records.isEmpty())
            rest = tr("may begin a record of msgpackr, whose keys an earlier message defines");
        const Node::Kind kind = head.family == MsgpackHead::Nil       ? Node::Kind::Null
                                : head.family == MsgpackHead::Boolean ? Node::Kind::Boolean
                                                                      : Node::Kind::Number;
        m_builder.add(kind, item.begin, m_at, text, noteOf(item, rest));
        m_summary.value(text);
        finishValue();
    }

    bool readBytes(Item &item)
    {
        const MsgpackHead &head = item.head;
        const qsizetype left = m_bytes.size() - m_at;
        if (head.argument > static_cast<quint64>(left))
            return fail(item.begin, MsgpackRules::length(head.argument, left));
        const qsizetype begin = m_at;
        m_at += static_cast<qsizetype>(head.argument);
        const QByteArrayView bytes = m_bytes.sliced(begin, m_at - begin);
        if (head.family == MsgpackHead::Extension)
            return readExtension(item, bytes);
        if (head.family == MsgpackHead::Binary) {
            addBytes(item, begin, {});
        } else if (isValidUtf8(bytes)) {
            m_builder.addPlace(Node::Kind::String, item.begin, m_at, begin, noteOf(item));
            if (!m_summary.isFull())
                m_summary.text(textFromUtf8(bytes.first(std::min<qsizetype>(bytes.size(), MaxMsgpackKey))));
        } else {
            // Not all of it can be shown as text.
            m_builder.addPlace(Node::Kind::Bytes, item.begin, m_at, begin,
                               noteOf(item, tr("text that is not UTF-8: %1").arg(faultyText(bytes))));
            m_summary.text(faultyText(bytes));
        }
        finishValue();
        return true;
    }

    void addBytes(const Item &item, qsizetype begin, const QString &rest)
    {
        const QString line = m_builder.addInner(item.begin, m_at, begin, false);
        m_builder.note(noteOf(item, rest));
        if (line.isEmpty())
            m_summary.bytes(m_bytes.sliced(begin, m_at - begin));
        else
            m_summary.value(line);
    }

    bool readExtension(Item &item, QByteArrayView data)
    {
        const MsgpackHead &head = item.head;
        const QString type = extensionText(head);
        switch (head.extension) {
        case MsgpackRecord:
            if (const auto record = m_records.define(m_bytes, head, m_bundle)) {
                m_at = record->end;
                item.notes += tr("extension 114 of msgpackr: keys and values of record %1").arg(record->id);
                return open(item, Frame{record->keys->size(), false, false, record->keys, 0, true}, true);
            }
            break;
        case MsgpackTypedArray:
            if (data.isEmpty())
                break;
            if (!readElements(item, data))
                return false;
            finishValue();
            return true;
        case MsgpackTimestamp:
            addTimestamp(item, data);
            finishValue();
            return true;
        case MsgpackUndefined:
            if (data.size() != 1 || data.front() != 0)
                break;
            addWords(item, Node::Kind::Null, u"undefined"_s, type);
            return true;
        case MsgpackBigInteger:
            addWords(item, Node::Kind::Number, signedText(data), type + tr(" of msgpackr: integer"));
            return true;
        case MsgpackPointer:
            if (data.size() != 4)
                break;
            addWords(item, Node::Kind::Number, QString::number(qFromBigEndian<quint32>(data.data())),
                     type + tr(" of msgpackr: reference to a shared value"));
            return true;
        default:
            break;
        }
        addBytes(item, head.end, type);
        finishValue();
        return true;
    }

    void addWords(const Item &item, Node::Kind kind, const QString &text, const QString &rest)
    {
        m_builder.add(kind, item.begin, m_at, text, noteOf(item, rest));
        m_summary.value(text);
        finishValue();
    }

    void addTimestamp(const Item &item, QByteArrayView data)
    {
        qint64 seconds = 0;
        quint32 ns = 0;
        switch (data.size()) {
        case 4:
            seconds = qFromBigEndian<quint32>(data.data());
            break;
        case 8: {
            const auto both = qFromBigEndian<quint64>(data.data());
            seconds = static_cast<qint64>(both & 0x3'ffff'ffff);
            ns = static_cast<quint32>(both >> 34);
            break;
        }
        case 12:
            ns = qFromBigEndian<quint32>(data.data());
            seconds = qFromBigEndian<qint64>(data.data() + 4);
            break;
        default:
            addBytes(item, item.head.end, tr("timestamp of %1 bytes, which there is none of").arg(data.size()));
            return;
        }
        const QString type = tr("timestamp %1").arg(data.size() * 8);
        if (ns >= 1'000'000'000) {
            addBytes(item, item.head.end, type + tr(": %1 ns are more than a second").arg(ns));
            return;
        }
        const QString utc = utcText(seconds, ns);
        const QString text = utc.isEmpty() ? u"%1 s %2 ns"_s.arg(seconds).arg(ns) : utc;
        const QString local = localText(seconds, ns);
        m_builder.add(Node::Kind::String, item.begin, m_at, text,
                      noteOf(item, local.isEmpty() || local == utc ? type : type + u": "_s + local));
        m_summary.value(text);
    }

    bool readElements(const Item &item, QByteArrayView data)
    {
        constexpr quint8 ArrayBuffer = 16;
        constexpr quint8 DataView = 17;
        const auto code = static_cast<quint8>(data.front());
        const qsizetype begin = item.head.end + 1;
        const QString type = extensionText(item.head) + tr(" of msgpackr: ");
        if (code >= MsgpackElementTypes.size()) {
            const QString name = code == ArrayBuffer ? u"ArrayBuffer"_s
                                 : code == DataView  ? u"DataView"_s
                                                     : tr("array of type %1").arg(code);
            addBytes(item, begin, type + name);
            return true;
        }
        const MsgpackElements &elements = MsgpackElementTypes.at(code);
        const QString note = type + QString::fromUtf16(elements.name);
        const bool areBytes = elements.size == 1 && elements.type == MsgpackElements::Unsigned;
        if (areBytes || (data.size() - 1) % elements.size != 0) {
            addBytes(item, begin, note);
            return true;
        }
        if (!m_builder.open(Node::Kind::Array, item.begin))
            return false;
        m_builder.note(noteOf(item, note));
        m_summary.begin(u'[');
        for (qsizetype at = begin; at < m_at; at += elements.size) {
            if (!m_builder.goOn(at))
                return false;
            const QString text = msgpackElement(elements, m_bytes.data() + at);
            m_builder.add(Node::Kind::Number, at, at + elements.size, text);
            m_summary.value(text);
        }
        m_summary.end(u']');
        m_builder.close(m_at);
        return true;
    }

    /// A piece of a bundled string.
    bool readBundled(const Item &item)
    {
        if (m_bundle.isEmpty())
            return fail(item.begin, MsgpackRules::never());
        const auto text = m_bundle.take(m_bytes, m_at);
        if (!text)
            return fail(item.begin, tr("The bundled strings of msgpackr are not that long."));
        m_builder.add(Node::Kind::String, item.begin, m_at, *text, noteOf(item, tr("from the strings at the end")));
        m_summary.text(*text);
        finishValue();
        return true;
    }

    /// The strings that others were taken from, behind the value.
    void addBundle()
    {
        const qsizetype begin = m_at;
        m_at = m_bundle.end();
        if (m_builder.depth() > 0 || !m_builder.open(tr("bundled strings"), Node::Kind::Array, begin))
            return;
        m_builder.addPlace(Node::Kind::String, begin, m_bundle.middle(), m_bundle.textBegin(0));
        m_builder.addPlace(Node::Kind::String, m_bundle.middle(), m_at, m_bundle.textBegin(1));
        m_builder.close(m_at);
    }

    bool open(const Item &item, const Frame &frame, bool isObject)
    {
        if (!m_builder.open(isObject ? Node::Kind::Object : Node::Kind::Array, item.begin))
            return false;
        m_builder.note(noteOf(item));
        m_summary.begin(isObject ? u'{' : u'[');
        m_open.push_back(frame);
        m_isObject.push_back(isObject);
        if (frame.left == 0) {
            close();
            finishValue();
        }
        return true;
    }

    void close()
    {
        m_builder.close(m_at);
        m_summary.end(m_isObject.back() ? u'}' : u']');
        m_open.pop_back();
        m_isObject.pop_back();
    }

    /// Ends what is complete with the value that was read last.
    void finishValue()
    {
        while (!m_open.empty()) {
            Frame &frame = m_open.back();
            frame.isKey = frame.isMap;
            if (--frame.left > 0)
                return;
            close();
        }
    }

    NodeBuilder &m_builder;
    const QByteArrayView m_bytes;
    ValueSummary &m_summary;
    qsizetype m_at = 0;
    std::vector<Frame> m_open;
    /// Of what is open: whether it has keys.
    std::vector<bool> m_isObject;
    MsgpackRecords m_records;
    MsgpackBundle m_bundle;
    /// The key that was read last is a text of digits, which looks like a number.
    bool m_isKeyDigits = false;
};

/// The size of a number in so many bytes behind the first one.
bool readMsgpackNumber(QByteArrayView bytes, qsizetype size, MsgpackHead &head)
{
    if (bytes.size() - head.end < size)
        return false;
    head.argument = 0;
    for (const char byte : bytes.sliced(head.end, size))
        head.argument = head.argument << 8 | static_cast<quint8>(byte);
    head.end += size;
    return true;
}

} // namespace

bool readMsgpackHead(QByteArrayView bytes, qsizetype at, MsgpackHead &head)
{
    if (at >= bytes.size())
        return false;
    const auto first = static_cast<quint8>(bytes.at(at));
    head = MsgpackHead();
    head.begin = at;
    head.end = at + 1;
    const auto direct = [&head](MsgpackHead::Family family, int argument) {
        head.family = family;
        head.argument = static_cast<quint64>(argument);
        return true;
    };
    const auto behind = [&head, bytes](MsgpackHead::Family family, int powerOfTwo) {
        head.family = family;
        return readMsgpackNumber(bytes, qsizetype(1) << powerOfTwo, head);
    };
    const auto extension = [&head, bytes] {
        head.family = MsgpackHead::Extension;
        if (head.end >= bytes.size())
            return false;
        head.extension = static_cast<qint8>(bytes.at(head.end++));
        return true;
    };
    if (first < 0x80)
        return direct(MsgpackHead::Integer, first);
    if (first < 0x90)
        return direct(MsgpackHead::Map, first & 0x0f);
    if (first < 0xa0)
        return direct(MsgpackHead::Array, first & 0x0f);
    if (first < 0xc0)
        return direct(MsgpackHead::String, first & 0x1f);
    if (first >= 0xe0) {
        head.isNegative = true;
        return direct(MsgpackHead::Integer, static_cast<qint8>(first));
    }
    switch (first) {
    case 0xc0:
        return direct(MsgpackHead::Nil, 0);
    case 0xc1:
        return direct(MsgpackHead::Never, 0);
    case 0xc2:
    case 0xc3:
        return direct(MsgpackHead::Boolean, first & 1);
    case 0xc4:
    case 0xc5:
    case 0xc6:
        return behind(MsgpackHead::Binary, first - 0xc4);
    case 0xc7:
    case 0xc8:
    case 0xc9:
        return behind(MsgpackHead::Extension, first - 0xc7) && extension();
    case 0xca:
        return behind(MsgpackHead::Float32, 2);
    case 0xcb:
        return behind(MsgpackHead::Float64, 3);
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
        return behind(MsgpackHead::Integer, first - 0xcc);
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3: {
        if (!behind(MsgpackHead::Integer, first - 0xd0))
            return false;
        // The sign of the few bytes is that of all eight.
        const int unused = 64 - (8 << (first - 0xd0));
        const qint64 number = static_cast<qint64>(head.argument << unused) >> unused;
        head.isNegative = number < 0;
        head.argument = static_cast<quint64>(number);
        return true;
    }
    case 0xd9:
    case 0xda:
    case 0xdb:
        return behind(MsgpackHead::String, first - 0xd9);
    case 0xdc:
    case 0xdd:
        return behind(MsgpackHead::Array, first - 0xdc + 1);
    case 0xde:
    case 0xdf:
        return behind(MsgpackHead::Map, first - 0xde + 1);
    default:
        // d4 to d8.
        return direct(MsgpackHead::Extension, 1 << (first - 0xd4)) && extension();
    }
}

std::optional<MsgpackRecords::Record> MsgpackRecords::define(QByteArrayView bytes, const MsgpackHead &extension,
                                                             MsgpackBundle &bundle)
{
    const bool isOne = extension.argument == 1;
    MsgpackHead list;
    if (extension.family != MsgpackHead::Extension || extension.extension != MsgpackRecord ||
        (!isOne && extension.argument != 2))
        return {};
    qsizetype at = extension.end + static_cast<qsizetype>(extension.argument);
    if (!readMsgpackHead(bytes, at, list) || list.family != MsgpackHead::Array)
        return {};
    const int id = (static_cast<quint8>(bytes.at(extension.end)) & 0x3f) | static_cast<int>(FirstMsgpackRecord);
    const int second = isOne ? NoByte : static_cast<quint8>(bytes.at(extension.end + 1));
    auto keys = std::make_shared<std::vector<Key>>();
    at = list.end;
    MsgpackBundle rest = bundle;
    for (quint64 i = 0; i < list.argument; ++i) {
        MsgpackHead key;
        rest.beginAt(bytes, at);
        if (!readMsgpackHead(bytes, at, key))
            return {};
        qsizetype end = key.end;
        QString name;
        if (key.family == MsgpackHead::Never) {
            const auto piece = rest.take(bytes, end);
            if (!piece)
                return {};
            name = recordKey(piece->toUtf8());
        } else {
            if (key.family != MsgpackHead::String || key.argument > static_cast<quint64>(bytes.size() - key.end))
                return {};
            end += static_cast<qsizetype>(key.argument);
            name = recordKey(bytes.sliced(key.end, end - key.end));
        }
        keys->push_back({name, at, end});
        at = end;
    }
    bundle = rest;
    m_keys[{id, second}] = keys;
    QStringList names;
    for (const Key &key : *keys)
        names += key.name;
    m_known.define(msgpackRecordNumber(id, second), names);
    return Record{keys, id, at};
}

MsgpackRecords::Keys MsgpackRecords::keysOf(int first, int second) const
{
    if (const auto found = m_keys.find({first, second}); found != m_keys.end())
        return found->second;
    const auto names = m_known.keys(msgpackRecordNumber(first, second));
    if (!names)
        return {};
    auto keys = std::make_shared<std::vector<Key>>();
    for (const QString &name : *names)
        keys->push_back({name, 0, 0});
    return keys;
}

std::optional<MsgpackRecords::Record> MsgpackRecords::find(QByteArrayView bytes, const MsgpackHead &id) const
{
    if (isEmpty() || id.family != MsgpackHead::Integer || id.end - id.begin != 1 || id.argument < FirstMsgpackRecord ||
        id.argument > LastMsgpackRecord)
        return {};
    const int first = static_cast<int>(id.argument);
    if (const Keys keys = keysOf(first, NoByte))
        return Record{keys, first, id.end};
    if (id.end >= bytes.size())
        return {};
    const Keys keys = keysOf(first, static_cast<quint8>(bytes.at(id.end)));
    return keys ? std::optional(Record{keys, first, id.end + 1}) : std::nullopt;
}

bool isMsgpackPrefix(QByteArrayView bytes, const MsgpackHead &head)
{
    const qsizetype left = bytes.size() - head.end;
    if (head.family != MsgpackHead::Extension || static_cast<quint64>(left) <= head.argument)
        return false;
    switch (head.extension) {
    case MsgpackError:
    case MsgpackSet:
    case MsgpackRegExp:
        return head.argument == 1 && bytes.at(head.end) == 0;
    case MsgpackIdentified:
        return head.argument == 4;
    case MsgpackBundled:
        // The strings of a bundle before stand in it.
        return head.argument >= 4;
    default:
        return false;
    }
}

bool MsgpackBundle::begin(QByteArrayView bytes, const MsgpackHead &extension)
{
    if (extension.extension != MsgpackBundled || !isMsgpackPrefix(bytes, extension))
        return false;
    MsgpackBundle bundle;
    // From the extension's own data on. Bundles follow each other, so that no byte is taken twice.
    bundle.m_begin = extension.end + qsizetype(qFromBigEndian<quint32>(bytes.data() + extension.end));
    bundle.m_end = bundle.m_begin;
    if (bundle.m_begin < std::max(extension.end + static_cast<qsizetype>(extension.argument), m_end))
        return false;
    std::array<MsgpackHead, 2> heads;
    for (MsgpackHead &string : heads) {
        bundle.m_middle = bundle.m_end;
        if (!readMsgpackHead(bytes, bundle.m_end, string) || string.family != MsgpackHead::String ||
            string.argument > static_cast<quint64>(bytes.size() - string.end))
            return false;
        bundle.m_end = string.end + static_cast<qsizetype>(string.argument);
    }
    for (size_t i = 0; i < heads.size(); ++i) {
        const MsgpackHead &string = heads[i];
        const auto size = static_cast<qsizetype>(string.argument);
        bundle.m_strings[i] = {string.end, textFromUtf8(bytes.sliced(string.end, size)), 0};
    }
    *this = bundle;
    return true;
}

void MsgpackBundle::beginAt(QByteArrayView bytes, qsizetype &at)
{
    MsgpackHead head;
    if (readMsgpackHead(bytes, at, head) && head.family == MsgpackHead::Extension && begin(bytes, head))
        at = head.end + static_cast<qsizetype>(head.argument);
}

std::optional<QString> MsgpackBundle::take(QByteArrayView bytes, qsizetype &at)
{
    MsgpackHead length;
    if (isEmpty() || !readMsgpackHead(bytes, at, length) || length.family != MsgpackHead::Integer)
        return {};
    // Of the first string the length is negative.
    const bool isFirst = length.isNegative || length.argument == 0;
    const quint64 size = isFirst ? 0 - length.argument : length.argument;
    String &string = m_strings[isFirst ? 0 : 1];
    if (size > static_cast<quint64>(string.text.size() - string.taken))
        return {};
    const QString piece = string.text.mid(string.taken, static_cast<qsizetype>(size));
    string.taken += piece.size();
    at = length.end;
    return piece;
}

std::optional<qsizetype> addMsgpack(NodeBuilder &builder, QByteArrayView bytes, qsizetype begin, ValueSummary &summary,
                                    KnownRecords *records)
{
    MsgpackReader reader(builder, bytes, summary, records ? *records : KnownRecords());
    // A number that stands before other values.
    const bool beginsRecord = begin == 0 && builder.depth() == 0 && bytes.size() > 1 &&
                              static_cast<quint8>(bytes.front()) >= FirstMsgpackRecord &&
                              static_cast<quint8>(bytes.front()) <= LastMsgpackRecord;
    MsgpackHead id;
    const bool isKnown = beginsRecord && readMsgpackHead(bytes, 0, id) && reader.records().find(bytes, id);
    const auto end = beginsRecord && !isKnown ? reader.readUnknownRecord() : reader.read(begin);
    if (records)
        *records = reader.records().known();
    return end;
}

} // namespace sockeye
