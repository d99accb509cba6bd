#include "encodings/BsonDecoder.h"

#include "base/Bytes.h"
#include "encodings/ValueTexts.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// What is looked at of a payload.
constexpr qsizetype BsonProbed = 64 * 1024;
/// A document without elements: its length and the zero at its end.
constexpr qsizetype LeastBsonDocument = 5;
constexpr qsizetype BsonObjectIdSize = 12;

/// The type of an element.
enum class BsonType : quint8 {
    End = 0x00,
    Double = 0x01,
    String = 0x02,
    Document = 0x03,
    Array = 0x04,
    Binary = 0x05,
    Undefined = 0x06,
    ObjectId = 0x07,
    Boolean = 0x08,
    DateTime = 0x09,
    Null = 0x0a,
    Regex = 0x0b,
    DbPointer = 0x0c,
    Code = 0x0d,
    Symbol = 0x0e,
    CodeWithScope = 0x0f,
    Int32 = 0x10,
    Timestamp = 0x11,
    Int64 = 0x12,
    Decimal128 = 0x13,
    MaxKey = 0x7f,
    MinKey = 0xff
};

/// IEEE 754 decimal128 whose coefficient is a binary integer (specifications/bson-decimal128).
QString decimal128Text(QByteArrayView little)
{
    constexpr int Bias = 6176;
    const auto low = qFromLittleEndian<quint64>(little.data());
    const auto high = qFromLittleEndian<quint64>(little.data() + 8);
    const QString sign = high >> 63 != 0 ? u"-"_s : QString();
    const auto combination = static_cast<int>(high >> 58 & 0x1f);
    if (combination == 0x1f)
        return u"NaN"_s;
    if (combination == 0x1e)
        return sign + u"Infinity"_s;
    // A coefficient that is written in the other way is always too large, which stands for 0.
    const bool isOther = (high >> 61 & 3) == 3;
    const int exponent = static_cast<int>(high >> (isOther ? 47 : 49) & 0x3fff) - Bias;
    std::array<char, 16> coefficient{};
    qToBigEndian<quint64>(isOther ? 0 : high & 0x1'ffff'ffff'ffff, coefficient.data());
    qToBigEndian<quint64>(isOther ? 0 : low, coefficient.data() + 8);
    QString digits = integerText(QByteArrayView(coefficient.data(), qsizetype(coefficient.size())));
    constexpr qsizetype MaxDigits = 34;
    if (digits.size() > MaxDigits)
        digits = u"0"_s;
    const qsizetype scientific = exponent + digits.size() - 1;
    if (exponent > 0 || scientific < -6) {
        if (digits.size() > 1)
            digits.insert(1, u'.');
        return sign + digits + u'E' + (scientific < 0 ? u""_s : u"+"_s) + QString::number(scientific);
    }
    if (exponent < 0) {
        digits = digits.rightJustified(1 - exponent, u'0');
        digits.insert(digits.size() + exponent, u'.');
    }
    return sign + digits;
}

QString bsonUuidText(QByteArrayView bytes)
{
    QString hex = QString::fromLatin1(bytes.toByteArray().toHex());
    for (const qsizetype at : {20, 16, 12, 8})
        hex.insert(at, u'-');
    return hex;
}

/// Reads documents and adds their nodes.
class BsonReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::BsonDecoder)

public:
    BsonReader(NodeBuilder &builder, QByteArrayView bytes)
        : m_builder(builder)
        , m_bytes(bytes)
    {
    }

    /// False if the bytes break a rule, which the builder then knows, or if that said to stop.
    bool read()
    {
        do {
            if (!openDocument(m_at, Frame::Document, {}))
                return false;
            while (!m_open.empty()) {
                if (!m_builder.goOn(m_at) || !readElement())
                    return false;
            }
        } while (m_at < m_bytes.size());
        return true;
    }

    [[nodiscard]] QString summary() const { return m_summary.toString(); }
    /// Of all documents.
    [[nodiscard]] qsizetype elements() const { return m_elements; }

private:
    struct Frame
    {
        enum Kind : quint8 { Document, Array, Scope };

        Kind kind = Document;
        /// The zero that ends it stands before.
        qsizetype end = 0;
        /// Of an array: the index that comes next.
        qsizetype index = 0;
    };

    bool fail(qsizetype at, const QString &rule)
    {
        m_builder.fail(at, rule);
        return false;
    }

    /// Whether so many bytes are left, in the payload and in the document.
    bool has(qsizetype count)
    {
        const qsizetype end = m_open.empty() ? m_bytes.size() : m_open.back().end - 1;
        if (count <= std::min(end, m_bytes.size()) - m_at)
            return true;
        return fail(m_begin, end > m_bytes.size() || m_open.empty()
                                 ? tr("The bytes end in the middle of a document.")
                                 : tr("The value goes on behind the end of its document."));
    }

    template<typename T>
    [[nodiscard]] T take()
    {
        const T number = qFromLittleEndian<T>(m_bytes.data() + m_at);
        m_at += qsizetype(sizeof(T));
        return number;
    }

    /// The bytes up to a zero, which is read, too.
    bool takeCString(QByteArrayView &string)
    {
        const qsizetype end = std::min(m_open.back().end - 1, m_bytes.size());
        const qsizetype zero = m_bytes.first(std::max(m_at, end)).indexOf('\0', m_at);
        if (zero < 0)
            return has(end - m_at + 1);
        string = m_bytes.sliced(m_at, zero - m_at);
        m_at = zero + 1;
        return true;
    }

    /// A text with its length, which counts the zero at its end; it stays in the payload.
    bool takeString(qsizetype &textBegin, QByteArrayView &string)
    {
        if (!has(4))
            return false;
        const auto length = take<qint32>();
        if (length < 1)
            return fail(m_begin, tr("A string is at least one byte long, this one says %1.").arg(length));
        if (!has(length))
            return false;
        textBegin = m_at;
        string = m_bytes.sliced(m_at, length - 1);
        m_at += length;
        return m_bytes.at(m_at - 1) == '\0' || fail(m_begin, tr("A string has to end with a zero."));
    }

    /// A document whose length comes next, in a node that begins at `begin`.
    bool openDocument(qsizetype begin, Frame::Kind kind, const QString &note)
    {
        m_begin = begin;
        if (!has(4))
            return false;
        const qsizetype document = m_at;
        const auto length = take<qint32>();
        if (length < LeastBsonDocument)
            return fail(begin, tr("A document is at least five bytes long, this one says %1.").arg(length));
        const qsizetype end = document + length;
        if (!m_open.empty() && end > m_open.back().end - (m_open.back().kind == Frame::Scope ? 0 : 1))
            return fail(begin, tr("The value goes on behind the end of its document."));
        if (!m_builder.open(kind == Frame::Array ? Node::Kind::Array : Node::Kind::Object, begin))
            return false;
        m_builder.note(note);
        m_summary.begin(kind == Frame::Array ? u'[' : u'{');
        m_open.push_back({kind, end, 0});
        return true;
    }

    bool closeDocument()
    {
        const Frame frame = m_open.back();
        if (m_at != frame.end - 1)
            return fail(m_at, tr("The document ends %1 bytes before its length says so.").arg(frame.end - 1 - m_at));
        ++m_at;
        close();
        // A scope is the last part of its code.
        if (!m_open.empty() && m_open.back().kind == Frame::Scope) {
            if (m_at != m_open.back().end)
                return fail(m_at, tr("The code with its scope ends before its length says so."));
            close();
        }
        return true;
    }

    void close()
    {
        m_builder.close(m_at);
        m_summary.end(m_open.back().kind == Frame::Array ? u']' : u'}');
        m_open.pop_back();
    }

    bool readElement()
    {
        m_begin = m_at;
        if (m_at >= m_bytes.size())
            return fail(m_at, tr("The bytes end in the middle of a document."));
        const auto type = static_cast<BsonType>(m_bytes.at(m_at));
        if (type == BsonType::End)
            return closeDocument();
        if (m_at >= m_open.back().end - 1)
            return fail(m_at, tr("A document has to end with a zero."));
        ++m_at;
        QByteArrayView name;
        const qsizetype nameBegin = m_at;
        if (!isKnown(type))
            return fail(m_begin, tr("BSON has no type %1.").arg(static_cast<int>(type), 2, 16, QChar(u'0')));
        if (!takeCString(name))
            return false;
        ++m_elements;
        m_name = name;
        m_nameBegin = nameBegin;
        return readValue(type);
    }

    static bool isKnown(BsonType type)
    {
        return type <= BsonType::Decimal128 || type == BsonType::MinKey || type == BsonType::MaxKey;
    }

    /// Names the node that comes next. Elements of arrays have their index for a name.
    void name()
    {
        Frame &frame = m_open.back();
        if (frame.kind == Frame::Array && m_name == QByteArray::number(frame.index)) {
            ++frame.index;
            return;
        }
        const QString text = textFromUtf8(m_name);
        m_builder.label(text, m_nameBegin, m_nameBegin + m_name.size());
        m_summary.key(text);
    }

    bool readValue(BsonType type)
    {
        switch (type) {
        case BsonType::Double:
            return readDouble();
        case BsonType::String:
            return readText({});
        case BsonType::Code:
            return readText(tr("JavaScript code"));
        case BsonType::Symbol:
            return readText(tr("symbol"));
        case BsonType::Document:
            name();
            return openDocument(m_begin, Frame::Document, {});
        case BsonType::Array:
            name();
            return openDocument(m_begin, Frame::Array, {});
        case BsonType::Binary:
            return readBinary();
        case BsonType::Undefined:
            return add(Node::Kind::Null, u"undefined"_s, {});
        case BsonType::Null:
            return add(Node::Kind::Null, u"null"_s, {});
        case BsonType::MinKey:
            return add(Node::Kind::Null, u"MinKey"_s, tr("less than any other value"));
        case BsonType::MaxKey:
            return add(Node::Kind::Null, u"MaxKey"_s, tr("greater than any other value"));
        case BsonType::ObjectId:
            return has(BsonObjectIdSize) && addObjectId();
        case BsonType::Boolean:
            return readBoolean();
        case BsonType::DateTime:
            return readDateTime();
        case BsonType::Regex:
            return readRegex();
        case BsonType::DbPointer:
            return readDbPointer();
        case BsonType::CodeWithScope:
            return readCodeWithScope();
        case BsonType::Int32:
            return has(4) && add(Node::Kind::Number, QString::number(take<qint32>()), {});
        case BsonType::Int64:
            return has(8) && add(Node::Kind::Number, QString::number(take<qint64>()), u"int64"_s);
        case BsonType::Timestamp:
            return readTimestamp();
        default:
            return readDecimal();
        }
    }

    bool add(Node::Kind kind, const QString &text, const QString &note)
    {
        name();
        m_builder.add(kind, m_begin, m_at, text, note);
        m_summary.value(text);
        return true;
    }

    bool readDouble()
    {
        if (!has(8))
            return false;
        const QString text = doubleText(take<double>());
        const bool isWhole = std::ranges::all_of(text, [](QChar c) { return c.isDigit() || c == u'-'; });
        return add(Node::Kind::Number, text, isWhole ? u"double"_s : QString());
    }

    bool readText(const QString &note)
    {
        qsizetype textBegin = 0;
        QByteArrayView string;
        if (!takeString(textBegin, string))
            return false;
        name();
        addText(m_begin, textBegin, string, note);
        return true;
    }

    /// A text that has been read, with its zero.
    void addText(qsizetype begin, qsizetype textBegin, QByteArrayView string, const QString &note)
    {
        constexpr qsizetype MaxShown = 200;
        const bool isText = isValidUtf8(string);
        QString meaning = note;
        if (!isText) {
            const QString fault = tr("text that is not UTF-8: %1").arg(faultyText(string));
            meaning = note.isEmpty() ? fault : note + u", "_s + fault;
        }
        m_builder.addPlace(isText ? Node::Kind::String : Node::Kind::Bytes, begin, m_at, textBegin, meaning);
        m_builder.endText(textBegin + string.size());
        m_summary.text(textFromUtf8(string.first(std::min(string.size(), MaxShown))));
    }

    bool readBoolean()
    {
        if (!has(1))
            return false;
        const auto value = take<quint8>();
        if (value > 1)
            return fail(m_begin, tr("A boolean is 0 or 1, this one is %1.").arg(value));
        return add(Node::Kind::Boolean, value == 1 ? u"true"_s : u"false"_s, {});
    }

    bool readDateTime()
    {
        if (!has(8))
            return false;
        const auto ms = take<qint64>();
        // The second before, for moments before 1970.
        const qint64 seconds = ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
        const auto ns = static_cast<quint32>(ms - seconds * 1000) * 1'000'000;
        const QString utc = utcText(seconds, ns);
        if (utc.isEmpty())
            return add(Node::Kind::Number, QString::number(ms), tr("UTC datetime, milliseconds since 1970"));
        const QString local = localText(seconds, ns);
        return add(Node::Kind::String, utc, local == utc ? tr("UTC datetime") : tr("UTC datetime: %1").arg(local));
    }

    bool addObjectId()
    {
        const auto seconds = qFromBigEndian<quint32>(m_bytes.data() + m_at);
        const QByteArrayView id = m_bytes.sliced(m_at, BsonObjectIdSize);
        m_at += BsonObjectIdSize;
        return add(Node::Kind::String, QString::fromLatin1(id.toByteArray().toHex()),
                   tr("ObjectId of %1").arg(localText(seconds)));
    }

    bool readBinary()
    {
        if (!has(5))
            return false;
        auto length = take<qint32>();
        const auto subtype = take<quint8>();
        if (length < 0)
            return fail(m_begin, tr("The length of the binary value is negative: %1.").arg(length));
        if (!has(length))
            return false;
        const qsizetype end = m_at + length;
        // The old kind has a second length inside.
        constexpr quint8 Old = 2;
        if (subtype == Old) {
            if (length < 4 || qFromLittleEndian<qint32>(m_bytes.data() + m_at) != length - 4)
                return fail(m_begin, tr("The two lengths of the old binary value do not fit."));
            m_at += 4;
        }
        const qsizetype begin = m_at;
        const QByteArrayView bytes = m_bytes.sliced(begin, end - begin);
        m_at = end;
        name();
        const QString line = m_builder.addInner(m_begin, end, begin, false);
        m_builder.note(binaryText(subtype, bytes));
        if (line.isEmpty())
            m_summary.bytes(bytes);
        else
            m_summary.value(line);
        return true;
    }

    [[nodiscard]] static QString binaryText(quint8 subtype, QByteArrayView bytes)
    {
        constexpr qsizetype UuidSize = 16;
        const QString number = tr("binary %1").arg(subtype);
        switch (subtype) {
        case 0:
            return {};
        case 1:
            return number + tr(" (function)");
        case 2:
            return number + tr(" (old)");
        case 3:
            // Its order of bytes depends on who wrote it.
            return number + tr(" (old UUID)");
        case 4:
            return bytes.size() == UuidSize ? number + u" (UUID): "_s + bsonUuidText(bytes) : number + u" (UUID)"_s;
        case 5:
            return number + u" (MD5)"_s;
        case 6:
            return number + tr(" (encrypted)");
        case 7:
            return number + tr(" (compressed column)");
        case 8:
            return number + tr(" (sensitive)");
        case 9:
            return number + vectorText(bytes);
        default:
            return subtype < 0x80 ? number : number + tr(" (defined by the user)");
        }
    }

    /// A vector begins with the type of its elements and the bits of its last byte that are none.
    [[nodiscard]] static QString vectorText(QByteArrayView bytes)
    {
        const int type = bytes.isEmpty() ? 0 : static_cast<quint8>(bytes.front());
        switch (type) {
        case 0x03:
            return tr(" (vector of int8)");
        case 0x27:
            return tr(" (vector of float32)");
        case 0x10:
            return tr(" (vector of bits)");
        default:
            return tr(" (vector)");
        }
    }

    bool readRegex()
    {
        QByteArrayView pattern;
        QByteArrayView options;
        if (!takeCString(pattern) || !takeCString(options))
            return false;
        return add(Node::Kind::String, u'/' + textFromUtf8(pattern) + u'/' + textFromUtf8(options),
                   tr("regular expression"));
    }

    bool readDbPointer()
    {
        qsizetype textBegin = 0;
        QByteArrayView string;
        const qsizetype begin = m_at;
        if (!takeString(textBegin, string) || !has(BsonObjectIdSize))
            return false;
        name();
        if (!m_builder.open(Node::Kind::Object, m_begin))
            return false;
        m_builder.note(u"DBPointer");
        m_summary.begin(u'{');
        m_builder.label(u"ref");
        m_summary.key(u"ref");
        addText(begin, textBegin, string, {});
        const auto seconds = qFromBigEndian<quint32>(m_bytes.data() + m_at);
        const QString id = QString::fromLatin1(m_bytes.sliced(m_at, BsonObjectIdSize).toByteArray().toHex());
        m_builder.add(u"id", Node::Kind::String, m_at, m_at + BsonObjectIdSize, id,
                      tr("ObjectId of %1").arg(localText(seconds)));
        m_summary.key(u"id");
        m_summary.value(id);
        m_at += BsonObjectIdSize;
        m_builder.close(m_at);
        m_summary.end(u'}');
        return true;
    }

    bool readCodeWithScope()
    {
        const qsizetype begin = m_at;
        if (!has(4))
            return false;
        const auto length = take<qint32>();
        // Its own length, that of an empty string, and an empty document.
        constexpr qint32 Least = 4 + 5 + LeastBsonDocument;
        if (length < Least)
            return fail(m_begin,
                        tr("Code with a scope is at least %1 bytes long, this one says %2.").arg(Least).arg(length));
        const qsizetype end = begin + length;
        if (end > m_open.back().end - 1)
            return fail(m_begin, tr("The value goes on behind the end of its document."));
        qsizetype textBegin = 0;
        QByteArrayView string;
        const qsizetype codeBegin = m_at;
        if (!takeString(textBegin, string))
            return false;
        if (m_at > end - LeastBsonDocument)
            return fail(m_begin, tr("The code with its scope ends before its length says so."));
        name();
        if (!m_builder.open(Node::Kind::Object, m_begin))
            return false;
        m_builder.note(tr("JavaScript code with scope"));
        m_summary.begin(u'{');
        m_open.push_back({Frame::Scope, end, 0});
        m_builder.label(u"code");
        m_summary.key(u"code");
        addText(codeBegin, textBegin, string, {});
        m_builder.label(u"scope");
        m_summary.key(u"scope");
        return openDocument(m_at, Frame::Document, {});
    }

    bool readTimestamp()
    {
        if (!has(8))
            return false;
        name();
        if (!m_builder.open(Node::Kind::Object, m_begin))
            return false;
        const qsizetype begin = m_at;
        const auto increment = take<quint32>();
        const auto seconds = take<quint32>();
        m_builder.note(tr("timestamp: %1").arg(localText(seconds)));
        m_builder.add(u"increment", begin, begin + 4, increment);
        m_builder.add(u"seconds", begin + 4, m_at, seconds);
        m_builder.close(m_at);
        m_summary.value(u"%1:%2"_s.arg(seconds).arg(increment));
        return true;
    }

    bool readDecimal()
    {
        constexpr qsizetype Size = 16;
        if (!has(Size))
            return false;
        m_at += Size;
        return add(Node::Kind::Number, decimal128Text(m_bytes.sliced(m_at - Size, Size)), u"decimal128"_s);
    }

    NodeBuilder &m_builder;
    const QByteArrayView m_bytes;
    qsizetype m_at = 0;
    /// Where the element at work begins.
    qsizetype m_begin = 0;
    QByteArrayView m_name;
    qsizetype m_nameBegin = 0;
    std::vector<Frame> m_open;
    ValueSummary m_summary;
    qsizetype m_elements = 0;
};

/// Whether the payload is documents by their lengths: each begins with its own, and ends with a zero.
bool areBsonDocuments(QByteArrayView bytes)
{
    constexpr int MaxLookedAt = 1'000;
    qsizetype at = 0;
    for (int i = 0; i < MaxLookedAt && at < bytes.size(); ++i) {
        if (bytes.size() - at < LeastBsonDocument)
            return false;
        const auto length = qFromLittleEndian<qint32>(bytes.data() + at);
        if (length < LeastBsonDocument || length > bytes.size() - at || bytes.at(at + length - 1) != '\0')
            return false;
        at += length;
    }
    return at > 0;
}

} // namespace

Certainty BsonDecoder::probe(const DecodeInput &input) const
{
    if (input.isText || !areBsonDocuments(input.payload))
        return Certainty::None;
    NodeBuilder none(input.payload, [](qsizetype done) { return done < BsonProbed; }, {0, 1'000});
    BsonReader reader(none, input.payload);
    if (!reader.read() && !none.isStopped())
        return Certainty::None;
    // The length of the whole, the zero and an element that fits are found in one of 2^48 random payloads. The five
    // bytes of a document of nothing may begin another protocol's message.
    return reader.elements() > 0 ? Certainty::Sure : Certainty::Likely;
}

void BsonDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    BsonReader reader(builder, input.payload);
    static_cast<void>(reader.read());
    builder.setSummary(reader.summary());
}

} // namespace sockeye
