#include "encodings/CborNodes.h"

#include "base/Bytes.h"
#include "encodings/ValueTexts.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QStringList>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Tags whose content is read in their own way.
constexpr quint64 CborEpochTime = 1;
constexpr quint64 CborBignum = 2;
constexpr quint64 CborNegativeBignum = 3;
constexpr quint64 CborDecimalFraction = 4;
constexpr quint64 CborBigfloat = 5;
constexpr quint64 CborEncodedItem = 24;
constexpr quint64 CborRational = 30;
constexpr quint64 CborUuid = 37;
constexpr quint64 CborIpv4 = 52;
constexpr quint64 CborIpv6 = 54;
constexpr quint64 CborFirstTypedArray = 64;
constexpr quint64 CborLastTypedArray = 87;
constexpr quint64 CborDays = 100;
constexpr quint64 CborEmbeddedJson = 262;
/// Of cbor-x: an array of a record's id, the array of its keys, and its values.
constexpr quint64 CborRecordDefinition = 0xdfff;
/// Of cbor-x: the ids of records are tags from here on, of arrays of their values.
constexpr quint64 CborFirstRecord = 0xe000;
constexpr quint64 CborLastRecord = 0xffff;

/// Of cbor-x: pieces of two strings at the end, and where those are.
constexpr quint64 CborFirstPiece = 14;
constexpr quint64 CborBundled = 0xdff9;

/// Tags of a data item that are told.
constexpr size_t MaxCborTags = 8;
/// Characters of a key in diagnostic notation.
constexpr qsizetype MaxCborDiagnostic = 200;

struct CborTagName
{
    quint64 tag = 0;
    const char16_t *name = nullptr;
};

/// The registry of IANA, as far as it is met; typed arrays and records aside.
constexpr std::array CborTagNames{
    CborTagName{0, u"date and time"},
    CborTagName{CborEpochTime, u"epoch time"},
    CborTagName{CborBignum, u"bignum"},
    CborTagName{CborNegativeBignum, u"negative bignum"},
    CborTagName{CborDecimalFraction, u"decimal fraction"},
    CborTagName{CborBigfloat, u"bigfloat"},
    CborTagName{6, u"packed reference"},
    CborTagName{16, u"COSE_Encrypt0"},
    CborTagName{17, u"COSE_Mac0"},
    CborTagName{18, u"COSE_Sign1"},
    CborTagName{21, u"expected as base64url"},
    CborTagName{22, u"expected as base64"},
    CborTagName{23, u"expected as base16"},
    CborTagName{CborEncodedItem, u"encoded CBOR"},
    CborTagName{25, u"reference to a string"},
    CborTagName{26, u"Perl object"},
    CborTagName{27, u"object of a named type"},
    CborTagName{28, u"shared value"},
    CborTagName{29, u"reference to a shared value"},
    CborTagName{CborRational, u"rational number"},
    CborTagName{32, u"URI"},
    CborTagName{33, u"base64url"},
    CborTagName{34, u"base64"},
    CborTagName{35, u"regular expression"},
    CborTagName{36, u"MIME message"},
    CborTagName{CborUuid, u"UUID"},
    CborTagName{38, u"text with a language"},
    CborTagName{39, u"identifier"},
    CborTagName{40, u"multi-dimensional array, row-major"},
    CborTagName{41, u"homogeneous array"},
    CborTagName{51, u"packed values"},
    CborTagName{CborIpv4, u"IPv4"},
    CborTagName{CborIpv6, u"IPv6"},
    CborTagName{61, u"CBOR Web Token"},
    CborTagName{63, u"encoded CBOR sequence"},
    CborTagName{96, u"COSE_Encrypt"},
    CborTagName{97, u"COSE_Mac"},
    CborTagName{98, u"COSE_Sign"},
    CborTagName{CborDays, u"days since 1970-01-01"},
    CborTagName{256, u"strings to refer to"},
    CborTagName{257, u"binary MIME message"},
    CborTagName{258, u"set"},
    CborTagName{259, u"map with keys of any type"},
    CborTagName{260, u"network address"},
    CborTagName{261, u"network address prefix"},
    CborTagName{CborEmbeddedJson, u"embedded JSON"},
    CborTagName{263, u"hexadecimal string"},
    CborTagName{266, u"IRI"},
    CborTagName{1001, u"extended time"},
    CborTagName{1002, u"duration"},
    CborTagName{1003, u"period"},
    CborTagName{1004, u"date"},
    CborTagName{1040, u"multi-dimensional array, column-major"},
    CborTagName{55799, u"self-described CBOR"},
    CborTagName{CborBundled, u"bundled strings of cbor-x"},
    CborTagName{0xdffe, u"record definitions of cbor-x"},
    CborTagName{CborRecordDefinition, u"record definition of cbor-x"},
    CborTagName{0x53687264, u"shared data of cbor-x"},
};

/// The elements of a typed array (RFC 8746, 2.1).
struct CborElements
{
    explicit CborElements(quint64 tag)
        : isFloat((tag & 0x10) != 0)
        , isSigned((tag & 0x08) != 0)
        , isLittle((tag & 0x04) != 0)
        , size(qsizetype(1) << ((tag & 0x03) + (isFloat ? 1 : 0)))
        , isClamped(tag == 68)
    {
        if (size == 1)
            isLittle = false;
    }

    [[nodiscard]] QString name() const
    {
        QString text = (isFloat ? u"float%1"_s : isSigned ? u"int%1"_s : u"uint%1"_s).arg(size * 8);
        if (isClamped)
            text += u" clamped";
        text += u" array";
        return size == 1 ? text : text + (isLittle ? u", little endian"_s : u", big endian"_s);
    }

    template<typename T>
    [[nodiscard]] T numberAt(const char *bytes) const
    {
        return isLittle ? qFromLittleEndian<T>(bytes) : qFromBigEndian<T>(bytes);
    }

    template<typename Signed, typename Unsigned>
    [[nodiscard]] QString integerAt(const char *bytes) const
    {
        return isSigned ? QString::number(numberAt<Signed>(bytes)) : QString::number(numberAt<Unsigned>(bytes));
    }

    [[nodiscard]] QString textAt(const char *bytes) const
    {
        switch (size) {
        case 1:
            return integerAt<qint8, quint8>(bytes);
        case 2:
            return isFloat ? doubleText(doubleFromHalf(numberAt<quint16>(bytes))) : integerAt<qint16, quint16>(bytes);
        case 4:
            return isFloat ? floatText(numberAt<float>(bytes)) : integerAt<qint32, quint32>(bytes);
        default:
            return isFloat ? doubleText(numberAt<double>(bytes)) : integerAt<qint64, quint64>(bytes);
        }
    }

    /// Those that there are numbers of here: neither bytes nor float128.
    [[nodiscard]] bool areNumbers() const { return size <= 8 && (size > 1 || isSigned); }

    bool isFloat;
    bool isSigned;
    bool isLittle;
    qsizetype size;
    bool isClamped;
};

QString cborIntegerText(const CborHead &head)
{
    if (head.major == CborHead::Unsigned)
        return QString::number(head.argument);
    if (head.argument == std::numeric_limits<quint64>::max())
        return u"-18446744073709551616"_s;
    return u'-' + QString::number(head.argument + 1);
}

QString simpleText(quint64 number)
{
    constexpr quint64 False = 20;
    static const std::array names{u"false"_s, u"true"_s, u"null"_s, u"undefined"_s};
    if (number >= False && number < False + names.size())
        return names[static_cast<size_t>(number - False)];
    return u"simple(%1)"_s.arg(number);
}

bool isCborFloat(const CborHead &head)
{
    return head.major == CborHead::Simple && head.info >= 25 && head.info <= 27;
}

QString cborFloatText(const CborHead &head)
{
    if (head.info == 25)
        return doubleText(doubleFromHalf(static_cast<quint16>(head.argument)));
    if (head.info == 26)
        return floatText(std::bit_cast<float>(static_cast<quint32>(head.argument)));
    return doubleText(std::bit_cast<double>(head.argument));
}

QString uuidText(QByteArrayView bytes)
{
    QString hex = QString::fromLatin1(bytes.toByteArray().toHex());
    for (const qsizetype at : {20, 16, 12, 8})
        hex.insert(at, u'-');
    return hex;
}

template<typename Part>
QString addressText(QByteArrayView bytes, int base, char16_t separator)
{
    QStringList parts;
    for (qsizetype at = 0; at < bytes.size(); at += qsizetype(sizeof(Part)))
        parts += QString::number(qFromBigEndian<Part>(bytes.data() + at), base);
    return parts.join(QChar(separator));
}

/// The local time of seconds since 1970 in decimal.
QString localTextOfSeconds(const QString &seconds)
{
    const bool isNegative = seconds.startsWith(u'-');
    const qsizetype point = seconds.indexOf(u'.');
    bool isNumber = false;
    qint64 whole = seconds.left(point).toLongLong(&isNumber);
    if (!isNumber)
        return {};
    quint32 ns = point < 0 ? 0 : seconds.mid(point + 1, 9).leftJustified(9, u'0').toUInt();
    if (isNegative && ns > 0) {
        --whole;
        ns = 1'000'000'000 - ns;
    }
    return localText(whole, ns);
}

/// `digits` times 10 to the power of `exponent`.
QString decimalFraction(QString digits, qint64 exponent)
{
    constexpr qint64 MaxZeroes = 40;
    const bool isNegative = digits.startsWith(u'-');
    if (isNegative)
        digits.remove(0, 1);
    if (exponent < -MaxZeroes || exponent > MaxZeroes) {
        digits += u'e' + QString::number(exponent);
    } else if (exponent >= 0) {
        digits += digits == u"0" ? QString() : QString(exponent, u'0');
    } else {
        const qsizetype places = -exponent;
        digits = digits.rightJustified(places + 1, u'0');
        digits.insert(digits.size() - places, u'.');
    }
    return isNegative ? u'-' + digits : digits;
}

/// Where and how CBOR breaks a rule.
struct CborBreach
{
    qsizetype at = 0;
    QString rule;
};

/// The rules of CBOR in words.
class CborRules final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CborDecoder)

public:
    static QString head(CborHead::Fault fault)
    {
        switch (fault) {
        case CborHead::Fault::Reserved:
            return tr("The lengths 28, 29 and 30 are reserved.");
        case CborHead::Fault::Indefinite:
            return tr("Only strings, arrays and maps can be of indefinite length.");
        case CborHead::Fault::TwoBytes:
            return tr("Simple values below 32 must not be written in two bytes.");
        default:
            return tr("The bytes end in the middle of a data item.");
        }
    }
    static QString string(quint64 size, qsizetype left)
    {
        return tr("The string is %1 bytes long, but only %2 are left.").arg(size).arg(left);
    }
    static QString misplacedBreak() { return tr("A break stands where nothing of indefinite length can end."); }
    static QString chunk()
    {
        return tr("A string of indefinite length consists of strings of the same type that have a length.");
    }
    static QString depth(qint32 depth) { return tr("The key is nested deeper than %1 levels.").arg(depth); }
};

/// Writes a data item in diagnostic notation (RFC 8949, 8), cut where it gets long.
class CborDiagnostic final
{
public:
    CborDiagnostic(QByteArrayView bytes, qint32 maxDepth)
        : m_bytes(bytes)
        , m_maxDepth(maxDepth)
    {
    }

    /// Where the item ends that begins there; nothing if it breaks a rule.
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
        return m_text.size() > MaxCborDiagnostic ? m_text.left(MaxCborDiagnostic) + u'…' : m_text;
    }
    [[nodiscard]] const CborBreach &breach() const { return m_breach; }

private:
    struct Frame
    {
        /// Items that follow: of a map two for each pair.
        quint64 left = 0;
        quint64 done = 0;
        char16_t end = 0;
        bool isMap = false;
        bool isIndefinite = false;
    };

    bool fail(qsizetype at, const QString &rule)
    {
        m_breach = {at, rule};
        return false;
    }

    void write(QStringView text)
    {
        if (m_text.size() <= MaxCborDiagnostic)
            m_text += text;
    }

    bool step()
    {
        CborHead head;
        if (const auto fault = readCborHead(m_bytes, m_at, head); fault != CborHead::Fault::None)
            return fail(m_at, CborRules::head(fault));
        if (head.isBreak()) {
            if (m_open.empty() || !m_open.back().isIndefinite || (m_open.back().isMap && m_open.back().done % 2 == 1))
                return fail(m_at, CborRules::misplacedBreak());
            m_at = head.end;
            close();
            return true;
        }
        if (!m_open.empty() && m_open.back().done > 0)
            write(m_open.back().isMap && m_open.back().done % 2 == 1 ? u": " : u", ");
        m_at = head.end;
        switch (head.major) {
        case CborHead::Bytes:
        case CborHead::Text:
            return string(head);
        case CborHead::Array:
            write(head.isIndefinite() ? u"[_ " : u"[");
            return open(head, head.argument, u']');
        case CborHead::Map:
            write(head.isIndefinite() ? u"{_ " : u"{");
            // More pairs than there can be bytes are as good as that many.
            return open(head, std::min(head.argument, std::numeric_limits<quint64>::max() / 2) * 2, u'}');
        case CborHead::Tag:
            write(QString::number(head.argument) + u'(');
            return open(head, 1, u')');
        case CborHead::Simple:
            write(isCborFloat(head) ? floatText(head) : simpleText(head.argument));
            break;
        default:
            write(cborIntegerText(head));
        }
        finishValue();
        return true;
    }

    static QString floatText(const CborHead &head)
    {
        const QString text = cborFloatText(head);
        const bool isWhole = std::ranges::all_of(text, [](QChar c) { return c.isDigit() || c == u'-'; });
        return isWhole ? text + u".0"_s : text;
    }

    bool open(const CborHead &head, quint64 items, char16_t end)
    {
        if (m_open.size() >= static_cast<size_t>(m_maxDepth))
            return fail(head.begin, CborRules::depth(m_maxDepth));
        m_open.push_back({items, 0, end, head.major == CborHead::Map, head.isIndefinite()});
        if (items == 0 && !head.isIndefinite())
            close();
        return true;
    }

    void close()
    {
        write(QString(QChar(m_open.back().end)));
        m_open.pop_back();
        finishValue();
    }

    void finishValue()
    {
        while (!m_open.empty()) {
            Frame &frame = m_open.back();
            ++frame.done;
            if (frame.isIndefinite || frame.done < frame.left)
                return;
            write(QString(QChar(frame.end)));
            m_open.pop_back();
        }
    }

    bool string(const CborHead &head)
    {
        if (!head.isIndefinite()) {
            if (!chunk(head))
                return false;
            finishValue();
            return true;
        }
        write(u"(_ ");
        for (bool isFirst = true;; isFirst = false) {
            CborHead next;
            if (const auto fault = readCborHead(m_bytes, m_at, next); fault != CborHead::Fault::None)
                return fail(m_at, CborRules::head(fault));
            if (!next.isBreak() && (next.major != head.major || next.isIndefinite()))
                return fail(m_at, CborRules::chunk());
            m_at = next.end;
            if (next.isBreak())
                break;
            if (!isFirst)
                write(u", ");
            if (!chunk(next))
                return false;
        }
        write(u")");
        finishValue();
        return true;
    }

    bool chunk(const CborHead &head)
    {
        const qsizetype left = m_bytes.size() - m_at;
        if (head.argument > static_cast<quint64>(left))
            return fail(head.begin, CborRules::string(head.argument, left));
        const auto size = static_cast<qsizetype>(head.argument);
        const QByteArrayView shown = m_bytes.sliced(m_at, std::min(size, MaxCborDiagnostic));
        m_at += size;
        if (head.major == CborHead::Bytes) {
            write(u"h'"_s + QString::fromLatin1(shown.toByteArray().toHex()) + u'\'');
            return true;
        }
        QString text = textFromUtf8(shown);
        text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
        write(u'"' + text + u'"');
        return true;
    }

    const QByteArrayView m_bytes;
    const qint32 m_maxDepth;
    qsizetype m_at = 0;
    QString m_text;
    std::vector<Frame> m_open;
    CborBreach m_breach;
};

/// Reads a data item and adds its nodes.
class CborReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CborDecoder)

public:
    CborReader(NodeBuilder &builder, QByteArrayView bytes, ValueSummary &summary, const KnownRecords &known)
        : m_builder(builder)
        , m_bytes(bytes)
        , m_summary(summary)
        , m_known(known)
    {
    }

    /// The records that were defined, here or before.
    [[nodiscard]] const KnownRecords &known() const { return m_known; }

    std::optional<qsizetype> read(qsizetype begin)
    {
        m_at = begin;
        do {
            if (!m_builder.goOn(m_at) || !(isAtKey() ? readKey() : readValue()))
                return {};
        } while (!m_open.empty());
        if (m_bundle.isAt(m_at))
            addBundle();
        return m_at;
    }

private:
    /// A key of a record, and where it stands if it does so within the record.
    struct Key
    {
        QString name;
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    using Keys = std::shared_ptr<const std::vector<Key>>;

    struct Frame
    {
        quint64 left = 0;
        bool isMap = false;
        bool isIndefinite = false;
        /// Of a map: a key is what comes next.
        bool isKey = false;
        /// What the elements of an array are named.
        Keys keys;
        size_t nextKey = 0;
        /// The keys stand here.
        bool hasKeys = false;
    };

    /// A data item, with its tags.
    struct Item
    {
        qsizetype begin = 0;
        std::vector<quint64> tags;
        CborHead head;

        /// The one that says how to read the content.
        [[nodiscard]] std::optional<quint64> tag() const
        {
            return tags.empty() ? std::nullopt : std::optional(tags.back());
        }
    };

    bool fail(qsizetype at, const QString &rule)
    {
        m_builder.fail(at, rule);
        return false;
    }

    [[nodiscard]] bool isAtKey() const { return !m_open.empty() && m_open.back().isKey; }

    /// The strings that others were taken from, behind the data item.
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

    bool readKey()
    {
        m_bundle.beginAt(m_bytes, m_at);
        CborHead head;
        if (const auto fault = readCborHead(m_bytes, m_at, head); fault != CborHead::Fault::None)
            return fail(m_at, CborRules::head(fault));
        if (head.isBreak())
            return readBreak(head);
        const qsizetype begin = m_at;
        QString name;
        if (!readName(head, name))
            return false;
        m_builder.label(name, begin, m_at);
        m_summary.key(name);
        m_open.back().isKey = false;
        return true;
    }

    /// A text as it is, other items in diagnostic notation.
    bool readName(const CborHead &head, QString &name)
    {
        m_isKeyDigits = false;
        qsizetype behind = head.begin;
        if (const auto piece = m_bundle.take(m_bytes, behind)) {
            name = *piece;
            m_at = behind;
            return true;
        }
        const bool isText = head.major == CborHead::Text && !head.isIndefinite();
        if (isText && head.argument <= static_cast<quint64>(m_bytes.size() - head.end)) {
            const QByteArrayView text = m_bytes.sliced(head.end, static_cast<qsizetype>(head.argument));
            if (isValidUtf8(text)) {
                name = textFromUtf8(text);
                m_at = head.end + text.size();
                static_cast<void>(name.toLongLong(&m_isKeyDigits));
                return true;
            }
        }
        CborDiagnostic diagnostic(m_bytes, m_builder.maxDepth());
        const auto end = diagnostic.read(head.begin);
        if (!end)
            return fail(diagnostic.breach().at, diagnostic.breach().rule);
        name = diagnostic.text();
        m_at = *end;
        return true;
    }

    bool readBreak(const CborHead &head)
    {
        if (m_open.empty() || !m_open.back().isIndefinite || (m_open.back().isMap && !m_open.back().isKey))
            return fail(head.begin, CborRules::misplacedBreak());
        m_at = head.end;
        close();
        finishValue();
        return true;
    }

    bool readValue()
    {
        Item item;
        item.begin = m_at;
        for (;;) {
            if (!m_builder.goOn(m_at))
                return false;
            if (m_bundle.beginAt(m_bytes, m_at))
                item.tags.push_back(CborBundled);
            if (const auto piece = m_bundle.take(m_bytes, m_at)) {
                addPiece(item, *piece);
                return true;
            }
            if (const auto fault = readCborHead(m_bytes, m_at, item.head); fault != CborHead::Fault::None)
                return fail(fault == CborHead::Fault::End ? item.begin : m_at, CborRules::head(fault));
            if (item.head.isBreak() && m_at == item.begin)
                return readBreak(item.head);
            if (item.head.isBreak())
                return fail(m_at, CborRules::misplacedBreak());
            m_at = item.head.end;
            if (item.head.major != CborHead::Tag)
                break;
            // Those that say how to read what they stand before are the last ones.
            if (item.tags.size() >= MaxCborTags)
                item.tags.erase(item.tags.begin());
            item.tags.push_back(item.head.argument);
        }
        nameElement();
        switch (item.head.major) {
        case CborHead::Bytes:
            return readBytes(item);
        case CborHead::Text:
            return readText(item);
        case CborHead::Array:
        case CborHead::Map:
            return readContainer(item);
        case CborHead::Simple:
            addSimple(item);
            break;
        default:
            addInteger(item);
        }
        finishValue();
        return true;
    }

    /// Names an element of a record.
    void nameElement()
    {
        if (m_open.empty() || !m_open.back().keys)
            return;
        Frame &frame = m_open.back();
        if (frame.nextKey >= frame.keys->size())
            return;
        const Key &key = (*frame.keys)[frame.nextKey++];
        if (frame.hasKeys)
            m_builder.label(key.name, key.begin, key.end);
        else
            m_builder.label(key.name);
        m_summary.key(key.name);
    }

    /// What the tags say, then the rest.
    [[nodiscard]] QString noteOf(const Item &item, const QString &meaning = {}, const QString &rest = {})
    {
        QStringList notes;
        for (const quint64 tag : item.tags)
            notes += tagText(tag);
        if (!meaning.isEmpty()) {
            if (notes.isEmpty())
                notes += meaning;
            else
                notes.back() += u": "_s + meaning;
        }
        if (!rest.isEmpty())
            notes += rest;
        if (std::exchange(m_isKeyDigits, false))
            notes += tr("the key is text");
        return notes.join(u", ");
    }

    [[nodiscard]] static QString tagText(quint64 tag)
    {
        if (tag >= CborFirstTypedArray && tag <= CborLastTypedArray && tag != 76)
            return u"tag %1 (%2)"_s.arg(tag).arg(CborElements(tag).name());
        const auto found = std::ranges::lower_bound(CborTagNames, tag, {}, &CborTagName::tag);
        const bool isKnown = found != CborTagNames.end() && found->tag == tag;
        return isKnown ? u"tag %1 (%2)"_s.arg(tag).arg(QStringView(found->name)) : u"tag %1"_s.arg(tag);
    }

    void addPiece(const Item &item, const QString &text)
    {
        nameElement();
        m_builder.add(Node::Kind::String, item.begin, m_at, text, noteOf(item, {}, tr("from the strings at the end")));
        m_summary.text(text);
        finishValue();
    }

    void addInteger(const Item &item)
    {
        const QString text = cborIntegerText(item.head);
        QString meaning;
        if (item.tag() == CborEpochTime)
            meaning = localTextOfSeconds(text);
        else if (item.tag() == CborDays && item.head.argument < 10'000'000)
            meaning = QDate(1970, 1, 1).addDays(text.toLongLong()).toString(Qt::ISODate);
        m_builder.add(Node::Kind::Number, item.begin, m_at, text, noteOf(item, meaning));
        m_summary.value(text);
    }

    void addSimple(const Item &item)
    {
        constexpr quint64 False = 20;
        constexpr quint64 True = 21;
        const CborHead &head = item.head;
        if (isCborFloat(head)) {
            addFloat(item);
            return;
        }
        const QString text = simpleText(head.argument);
        const bool isBoolean = head.argument == False || head.argument == True;
        m_builder.add(isBoolean ? Node::Kind::Boolean : Node::Kind::Null, item.begin, m_at, text, noteOf(item));
        m_summary.value(text);
    }

    void addFloat(const Item &item)
    {
        const QString text = cborFloatText(item.head);
        QString meaning;
        if (item.tag() == CborEpochTime && item.head.info == 27)
            meaning = localTextOfSeconds(
                QString::number(std::bit_cast<double>(item.head.argument), 'f', QLocale::FloatingPointShortest));
        // Most are float64, which is told where the text looks like an integer.
        const bool isWhole = std::ranges::all_of(text, [](QChar c) { return c.isDigit() || c == u'-'; });
        QString type;
        if (item.head.info < 27 || isWhole)
            type = item.head.info == 25 ? u"float16"_s : item.head.info == 26 ? u"float32"_s : u"float64"_s;
        m_builder.add(Node::Kind::Number, item.begin, m_at, text, noteOf(item, meaning, type));
        m_summary.value(text);
    }

    /// Checks the length of the string whose head was read.
    bool checkString(const CborHead &head, qsizetype begin)
    {
        const qsizetype left = m_bytes.size() - m_at;
        return head.argument <= static_cast<quint64>(left) || fail(begin, CborRules::string(head.argument, left));
    }

    /// The chunks of a string of indefinite length, joined.
    bool readChunks(const Item &item, QByteArray &joined, int &chunks)
    {
        for (;; ++chunks) {
            CborHead chunk;
            if (!m_builder.goOn(m_at))
                return false;
            if (const auto fault = readCborHead(m_bytes, m_at, chunk); fault != CborHead::Fault::None)
                return fail(fault == CborHead::Fault::End ? item.begin : m_at, CborRules::head(fault));
            if (!chunk.isBreak() && (chunk.major != item.head.major || chunk.isIndefinite()))
                return fail(m_at, CborRules::chunk());
            m_at = chunk.end;
            if (chunk.isBreak())
                return true;
            if (!checkString(chunk, item.begin))
                return false;
            const QByteArrayView bytes = m_bytes.sliced(m_at, static_cast<qsizetype>(chunk.argument));
            joined.append(bytes);
            m_at += bytes.size();
        }
    }

    bool readText(const Item &item)
    {
        QByteArray joined;
        QString rest;
        int chunks = 0;
        const qsizetype textBegin = m_at;
        if (item.head.isIndefinite()) {
            if (!readChunks(item, joined, chunks))
                return false;
            rest = tr("chunks: %1").arg(chunks);
        } else {
            if (!checkString(item.head, item.begin))
                return false;
            m_at += static_cast<qsizetype>(item.head.argument);
        }
        const QByteArrayView text =
            item.head.isIndefinite() ? QByteArrayView(joined) : m_bytes.sliced(textBegin, m_at - textBegin);
        if (!isValidUtf8(text)) {
            if (!rest.isEmpty())
                rest += u", ";
            addFaultyText(item, textBegin, text, rest + tr("text that is not UTF-8: %1").arg(faultyText(text)));
        } else if (item.head.isIndefinite()) {
            m_builder.add(Node::Kind::String, item.begin, m_at, textFromUtf8(text), noteOf(item, {}, rest));
            m_summary.text(textFromUtf8(text.first(std::min<qsizetype>(text.size(), MaxCborDiagnostic))));
        } else {
            m_builder.addPlace(Node::Kind::String, item.begin, m_at, textBegin, noteOf(item));
            m_summary.text(textFromUtf8(text.first(std::min<qsizetype>(text.size(), MaxCborDiagnostic))));
        }
        finishValue();
        return true;
    }

    /// As bytes, since not all of it can be shown as text.
    void addFaultyText(const Item &item, qsizetype textBegin, QByteArrayView text, const QString &rest)
    {
        if (item.head.isIndefinite())
            addJoinedBytes(item, text, rest);
        else
            m_builder.addPlace(Node::Kind::Bytes, item.begin, m_at, textBegin, noteOf(item, {}, rest));
        m_summary.text(faultyText(text));
    }

    /// Bytes that stand in pieces.
    void addJoinedBytes(const Item &item, QByteArrayView bytes, const QString &rest)
    {
        constexpr qsizetype MaxShown = 1000;
        QString hex = hexText(bytes.first(std::min(bytes.size(), MaxShown)));
        if (bytes.size() > MaxShown)
            hex += u" …";
        m_builder.add(Node::Kind::Bytes, item.begin, m_at, hex, noteOf(item, {}, rest));
    }

    bool readBytes(const Item &item)
    {
        const qsizetype begin = m_at;
        if (item.head.isIndefinite()) {
            QByteArray joined;
            int chunks = 0;
            if (!readChunks(item, joined, chunks))
                return false;
            const QString rest = tr("chunks: %1").arg(chunks);
            if (item.tag() == CborBignum || item.tag() == CborNegativeBignum)
                addBignum(item, joined, rest);
            else {
                addJoinedBytes(item, joined, rest);
                m_summary.bytes(joined);
            }
            finishValue();
            return true;
        }
        if (!checkString(item.head, item.begin))
            return false;
        m_at += static_cast<qsizetype>(item.head.argument);
        if (!addBytes(item, begin))
            return false;
        finishValue();
        return true;
    }

    bool addBytes(const Item &item, qsizetype begin)
    {
        const QByteArrayView bytes = m_bytes.sliced(begin, m_at - begin);
        const quint64 tag = item.tag().value_or(std::numeric_limits<quint64>::max());
        if (tag == CborBignum || tag == CborNegativeBignum) {
            addBignum(item, bytes, {});
            return true;
        }
        if (tag >= CborFirstTypedArray && tag <= CborLastTypedArray && tag != 76) {
            const CborElements elements(tag);
            if (elements.areNumbers() && bytes.size() % elements.size == 0)
                return addElements(item, begin, elements);
        }
        const QString line = m_builder.addInner(item.begin, m_at, begin, tag == CborEmbeddedJson);
        m_builder.note(noteOf(item, meaningOf(tag, bytes, line)));
        if (line.isEmpty() || tag == CborEmbeddedJson)
            m_summary.bytes(bytes);
        else
            m_summary.value(line);
        return true;
    }

    /// What a byte string with such a tag says.
    [[nodiscard]] QString meaningOf(quint64 tag, QByteArrayView bytes, const QString &line) const
    {
        if (tag == CborUuid && bytes.size() == 16)
            return uuidText(bytes);
        if (tag == CborIpv4 && bytes.size() == 4)
            return addressText<quint8>(bytes, 10, u'.');
        if (tag == CborIpv6 && bytes.size() == 16)
            return addressText<quint16>(bytes, 16, u':');
        if (tag == CborEncodedItem && line.isEmpty()) {
            CborDiagnostic diagnostic(bytes, m_builder.maxDepth());
            const auto end = diagnostic.read(0);
            return end == bytes.size() ? diagnostic.text() : tr("not one data item");
        }
        return {};
    }

    void addBignum(const Item &item, QByteArrayView bytes, const QString &rest)
    {
        const QString text = item.tag() == CborBignum ? integerText(bytes) : negativeIntegerText(bytes);
        m_builder.add(Node::Kind::Number, item.begin, m_at, text, noteOf(item, {}, rest));
        m_summary.value(text);
    }

    bool addElements(const Item &item, qsizetype begin, const CborElements &elements)
    {
        if (!m_builder.open(Node::Kind::Array, item.begin))
            return false;
        m_builder.note(noteOf(item));
        m_summary.begin(u'[');
        for (qsizetype at = begin; at < m_at; at += elements.size) {
            if (!m_builder.goOn(at))
                return false;
            const QString text = elements.textAt(m_bytes.data() + at);
            m_builder.add(Node::Kind::Number, at, at + elements.size, text);
            m_summary.value(text);
        }
        m_summary.end(u']');
        m_builder.close(m_at);
        return true;
    }

    bool readContainer(const Item &item)
    {
        if (item.head.major == CborHead::Map)
            return open(item, Frame{item.head.argument, true, item.head.isIndefinite(), true, {}, 0, false}, {});
        const quint64 tag = item.tag().value_or(0);
        if (tag == CborRecordDefinition && !item.head.isIndefinite() && item.head.argument >= 2) {
            if (const auto frame = readRecordDefinition(item))
                return open(item, *frame, tr("keys and values"));
        }
        Frame frame{item.head.argument, false, item.head.isIndefinite(), false, {}, 0, false};
        if (tag >= CborFirstRecord && tag <= CborLastRecord) {
            frame.keys = keysOf(tag);
            if (!frame.keys)
                return open(item, frame, tr("a record of cbor-x, whose keys an earlier message defines"));
            return open(item, frame, tr("a record of cbor-x"));
        }
        return open(item, frame, fractionText(item, tag, frame));
    }

    bool open(const Item &item, const Frame &frame, const QString &meaning)
    {
        const bool isObject = frame.isMap || (frame.keys && item.tag() >= CborRecordDefinition);
        if (!m_builder.open(isObject ? Node::Kind::Object : Node::Kind::Array, item.begin))
            return false;
        m_builder.note(noteOf(item, meaning));
        m_summary.begin(isObject ? u'{' : u'[');
        m_open.push_back(frame);
        m_isObject.push_back(isObject);
        if (!frame.isIndefinite && frame.left == 0) {
            close();
            finishValue();
        }
        return true;
    }

    /// Null if none was defined.
    [[nodiscard]] Keys keysOf(quint64 tag) const
    {
        if (const auto record = m_records.find(tag); record != m_records.end())
            return record->second;
        const auto names = m_known.keys(static_cast<quint32>(tag));
        if (!names)
            return {};
        auto keys = std::make_shared<std::vector<Key>>();
        for (const QString &name : *names)
            keys->push_back({name, 0, 0});
        return keys;
    }

    /// Reads id and keys; nothing, with nothing read, if they are not what cbor-x writes.
    std::optional<Frame> readRecordDefinition(const Item &item)
    {
        CborHead id;
        CborHead list;
        if (readCborHead(m_bytes, m_at, id) != CborHead::Fault::None || id.major != CborHead::Unsigned ||
            readCborHead(m_bytes, id.end, list) != CborHead::Fault::None || list.major != CborHead::Array ||
            list.isIndefinite())
            return {};
        auto keys = std::make_shared<std::vector<Key>>();
        qsizetype at = list.end;
        CborBundle bundle = m_bundle;
        for (quint64 i = 0; i < list.argument; ++i) {
            bundle.beginAt(m_bytes, at);
            const qsizetype keyBegin = at;
            if (const auto piece = bundle.take(m_bytes, at)) {
                keys->push_back({recordKey(piece->toUtf8()), keyBegin, at});
                continue;
            }
            CborHead key;
            if (readCborHead(m_bytes, at, key) != CborHead::Fault::None || key.major != CborHead::Text ||
                key.isIndefinite() || key.argument > static_cast<quint64>(m_bytes.size() - key.end))
                return {};
            at = key.end + static_cast<qsizetype>(key.argument);
            keys->push_back({recordKey(m_bytes.sliced(key.end, at - key.end)), keyBegin, at});
        }
        m_bundle = bundle;
        m_at = at;
        m_records[id.argument] = keys;
        if (id.argument >= CborFirstRecord && id.argument <= CborLastRecord) {
            QStringList names;
            for (const Key &key : *keys)
                names += key.name;
            m_known.define(static_cast<quint32>(id.argument), names);
        }
        return Frame{item.head.argument - 2, false, false, false, keys, 0, true};
    }

    /// The value of a fraction whose array begins, and what its parts are named; empty for anything else.
    QString fractionText(const Item &item, quint64 tag, Frame &frame)
    {
        static const Keys powerParts =
            std::make_shared<const std::vector<Key>>(std::vector<Key>{{u"exponent"_s, 0, 0}, {u"mantissa"_s, 0, 0}});
        static const Keys ratioParts = std::make_shared<const std::vector<Key>>(
            std::vector<Key>{{u"numerator"_s, 0, 0}, {u"denominator"_s, 0, 0}});
        const bool isPower = tag == CborDecimalFraction || tag == CborBigfloat;
        if ((!isPower && tag != CborRational) || item.head.argument != 2)
            return {};
        frame.keys = isPower ? powerParts : ratioParts;
        qsizetype at = m_at;
        const QString left = peekInteger(at);
        const QString right = peekInteger(at);
        if (left.isEmpty() || right.isEmpty())
            return {};
        if (tag == CborRational)
            return left + u'/' + right;
        if (tag == CborBigfloat)
            return u"%1 × 2^%2"_s.arg(right, left);
        bool isSmall = false;
        const qint64 exponent = left.toLongLong(&isSmall);
        return isSmall ? decimalFraction(right, exponent) : QString();
    }

    /// An integer or bignum; empty for anything else.
    [[nodiscard]] QString peekInteger(qsizetype &at) const
    {
        CborHead head;
        if (readCborHead(m_bytes, at, head) != CborHead::Fault::None)
            return {};
        at = head.end;
        if (head.major == CborHead::Unsigned || head.major == CborHead::Negative)
            return cborIntegerText(head);
        const quint64 tag = head.argument;
        if (head.major != CborHead::Tag || (tag != CborBignum && tag != CborNegativeBignum) ||
            readCborHead(m_bytes, at, head) != CborHead::Fault::None || head.major != CborHead::Bytes ||
            head.isIndefinite() || head.argument > static_cast<quint64>(m_bytes.size() - head.end))
            return {};
        const QByteArrayView bytes = m_bytes.sliced(head.end, static_cast<qsizetype>(head.argument));
        at = head.end + bytes.size();
        return tag == CborBignum ? integerText(bytes) : negativeIntegerText(bytes);
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
            if (frame.isIndefinite || --frame.left > 0)
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
    std::map<quint64, Keys> m_records;
    KnownRecords m_known;
    CborBundle m_bundle;
    /// The key that was read last is a text of digits, which looks like a number.
    bool m_isKeyDigits = false;
};

} // namespace

CborHead::Fault readCborHead(QByteArrayView bytes, qsizetype at, CborHead &head)
{
    if (at >= bytes.size())
        return CborHead::Fault::End;
    const auto first = static_cast<quint8>(bytes.at(at));
    head.major = static_cast<quint8>(first >> 5);
    head.info = first & 0x1f;
    head.argument = head.info;
    head.begin = at;
    head.end = at + 1;
    constexpr quint8 Direct = 24;
    constexpr quint8 Indefinite = 31;
    if (head.info < Direct)
        return CborHead::Fault::None;
    if (head.info == Indefinite) {
        head.argument = 0;
        const bool canBe =
            (head.major >= CborHead::Bytes && head.major <= CborHead::Map) || head.major == CborHead::Simple;
        return canBe ? CborHead::Fault::None : CborHead::Fault::Indefinite;
    }
    if (head.info > 27)
        return CborHead::Fault::Reserved;
    const qsizetype size = qsizetype(1) << (head.info - Direct);
    if (bytes.size() - head.end < size)
        return CborHead::Fault::End;
    head.argument = 0;
    for (const char byte : bytes.sliced(head.end, size))
        head.argument = head.argument << 8 | static_cast<quint8>(byte);
    head.end += size;
    const bool isShort = head.major == CborHead::Simple && head.info == Direct && head.argument < 32;
    return isShort ? CborHead::Fault::TwoBytes : CborHead::Fault::None;
}

bool CborBundle::beginAt(QByteArrayView bytes, qsizetype &at)
{
    CborHead tag;
    CborHead list;
    CborHead offset;
    const auto isRead = [bytes](qsizetype begin, CborHead &head, CborHead::Major major) {
        return readCborHead(bytes, begin, head) == CborHead::Fault::None && head.major == major && !head.isIndefinite();
    };
    if (!isRead(at, tag, CborHead::Tag) || tag.argument != CborBundled || !isRead(tag.end, list, CborHead::Array) ||
        !isRead(list.end, offset, CborHead::Unsigned) || offset.argument >= static_cast<quint64>(bytes.size()))
        return false;
    const auto skipText = [bytes, isRead](qsizetype &begin, CborHead &head) {
        if (!isRead(begin, head, CborHead::Text) || head.argument > static_cast<quint64>(bytes.size() - head.end))
            return false;
        begin = head.end + static_cast<qsizetype>(head.argument);
        return true;
    };
    // The strings of a bundle before stand here.
    qsizetype next = offset.end;
    CborHead head;
    if (list.argument != 2 && (list.argument != 4 || !skipText(next, head) || !skipText(next, head)))
        return false;
    CborBundle bundle;
    // From the offset itself on. Bundles follow each other, so that no byte is taken twice.
    bundle.m_begin = offset.begin + static_cast<qsizetype>(offset.argument);
    bundle.m_end = bundle.m_begin;
    if (bundle.m_begin < std::max(next, m_end))
        return false;
    std::array<CborHead, 2> heads;
    for (CborHead &string : heads) {
        bundle.m_middle = bundle.m_end;
        if (!skipText(bundle.m_end, string))
            return false;
    }
    for (size_t i = 0; i < heads.size(); ++i) {
        const CborHead &string = heads[i];
        const auto size = static_cast<qsizetype>(string.argument);
        bundle.m_strings[i] = {string.end, textFromUtf8(bytes.sliced(string.end, size)), 0};
    }
    *this = bundle;
    at = next;
    return true;
}

std::optional<QString> CborBundle::take(QByteArrayView bytes, qsizetype &at)
{
    CborHead tag;
    CborHead length;
    if (m_begin == 0 || readCborHead(bytes, at, tag) != CborHead::Fault::None || tag.major != CborHead::Tag ||
        (tag.argument != CborFirstPiece && tag.argument != CborFirstPiece + 1) ||
        readCborHead(bytes, tag.end, length) != CborHead::Fault::None || length.major != CborHead::Unsigned)
        return {};
    String &string = m_strings[static_cast<size_t>(tag.argument - CborFirstPiece)];
    if (length.argument > static_cast<quint64>(string.text.size() - string.taken))
        return {};
    const QString piece = string.text.mid(string.taken, static_cast<qsizetype>(length.argument));
    string.taken += piece.size();
    at = length.end;
    return piece;
}

std::optional<qsizetype> addCbor(NodeBuilder &builder, QByteArrayView bytes, qsizetype begin, ValueSummary &summary,
                                 KnownRecords *records)
{
    CborReader reader(builder, bytes, summary, records ? *records : KnownRecords());
    const auto end = reader.read(begin);
    if (records)
        *records = reader.known();
    return end;
}

} // namespace sockeye
