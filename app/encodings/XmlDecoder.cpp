#include "encodings/XmlDecoder.h"

#include "base/Bytes.h"
#include "encodings/JsonShape.h"

#include <QCoreApplication>

#include <expat.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qsizetype MaxXmlProbe = 64 * 1024;

using XmlParser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>;

/// A text message is UTF-8 whatever its declaration says; other bytes say what they are.
XmlParser xmlParser(bool isText)
{
    return {XML_ParserCreate(isText ? "UTF-8" : nullptr), &XML_ParserFree};
}

bool isXmlSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isXmlNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || static_cast<uchar>(c) >= 0x80;
}

/// Of the beginning of a payload, with no declared entity.
struct XmlCheck
{
    XML_Parser parser = nullptr;
    int elements = 0;
    int attributes = 0;
};

void countXmlElement(void *data, const XML_Char *, const XML_Char **attributes)
{
    auto &check = *static_cast<XmlCheck *>(data);
    ++check.elements;
    check.attributes += *attributes ? 1 : 0;
}

void refuseXmlEntity(void *data, const XML_Char *, int, const XML_Char *, int, const XML_Char *, const XML_Char *,
                     const XML_Char *, const XML_Char *)
{
    XML_StopParser(static_cast<XmlCheck *>(data)->parser, XML_FALSE);
}

/// Bytes of the first characters, in UTF-16 of either order.
bool isXmlInUtf16(QByteArrayView bytes)
{
    return bytes.startsWith(QByteArrayView("\xff\xfe<\0", 4)) || bytes.startsWith(QByteArrayView("\xfe\xff\0<", 4)) ||
           bytes.startsWith(QByteArrayView("<\0?\0", 4)) || bytes.startsWith(QByteArrayView("\0<\0?", 4));
}

} // namespace

Certainty XmlDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    const bool hasMark = bytes.startsWith("\xef\xbb\xbf");
    const auto first = std::find_if_not(bytes.begin() + (hasMark ? 3 : 0), bytes.end(), isXmlSpace);
    const QByteArrayView begun = bytes.sliced(first - bytes.begin());
    const bool isWide = !input.isText && isXmlInUtf16(bytes);
    if (!isWide && (begun.size() < 4 || begun[0] != '<' ||
                    !(isXmlNameStart(begun[1]) || begun.startsWith("<?xml") || begun.startsWith("<!"))))
        return Certainty::None;
    if (begun.startsWith("<?xml "))
        return Certainty::Sure;
    const XmlParser parser = xmlParser(input.isText);
    XmlCheck check{parser.get()};
    XML_SetUserData(parser.get(), &check);
    XML_SetStartElementHandler(parser.get(), countXmlElement);
    XML_SetEntityDeclHandler(parser.get(), refuseXmlEntity);
    const bool isCut = bytes.size() > MaxXmlProbe;
    const auto size = static_cast<int>(std::min(bytes.size(), MaxXmlProbe));
    const bool isRead = XML_Parse(parser.get(), bytes.data(), size, XML_FALSE) == XML_STATUS_OK;
    if (XML_GetErrorCode(parser.get()) == XML_ERROR_ABORTED)
        return check.elements > 0 || input.isText ? Certainty::Likely : Certainty::None;
    if (!isRead || check.elements == 0)
        return Certainty::None;
    // An element of one letter is four bytes that noise may be.
    constexpr qsizetype LeastInBytes = 8;
    const bool isTelling = input.isText || bytes.size() >= LeastInBytes;
    const bool isWhole =
        isCut ? check.elements > 1 : XML_Parse(parser.get(), bytes.data(), 0, XML_TRUE) == XML_STATUS_OK;
    if (isWhole)
        return isTelling ? Certainty::Sure : Certainty::Likely;
    // It goes on, or it is somebody's "<3".
    return check.elements > 1 || check.attributes > 0 ? Certainty::Likely : Certainty::None;
}

namespace {

/// Reads one document: what expat says, and the bytes that it is about.
class XmlReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::XmlDecoder)

public:
    XmlReader(NodeBuilder &builder, const DecodeInput &input)
        : m_builder(builder)
        , m_bytes(input.payload)
        , m_parser(xmlParser(input.isText))
    {
        const QByteArrayView bytes(m_bytes);
        if (!input.isText && isXmlInUtf16(bytes)) {
            m_width = 2;
            m_isBigEndian = bytes[0] == '\0' || bytes[0] == '\xfe';
        }
        XML_Parser parser = m_parser.get();
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, begins, ends);
        XML_SetCharacterDataHandler(parser, hasText);
        XML_SetCdataSectionHandler(parser, cdataBegins, cdataEnds);
        XML_SetCommentHandler(parser, hasComment);
        XML_SetProcessingInstructionHandler(parser, hasInstruction);
        XML_SetXmlDeclHandler(parser, hasDeclaration);
        XML_SetDoctypeDeclHandler(parser, hasDoctype, nullptr);
        XML_SetEntityDeclHandler(parser, declaresEntity);
        XML_SetSkippedEntityHandler(parser, hasUnknownEntity);
    }

    qint32 read()
    {
        if (m_bytes.size() > std::numeric_limits<int>::max()) {
            m_builder.fail(0, tr("Not decoded: an XML document of more than 2 GiB."));
            return Node::None;
        }
        if (!m_builder.goOn(0))
            return Node::None;
        const auto status = XML_Parse(m_parser.get(), m_bytes.constData(), static_cast<int>(m_bytes.size()), XML_TRUE);
        flushPending();
        flushText(false);
        if (status != XML_STATUS_OK && !m_builder.hasFailed() && !m_builder.isStopped())
            m_builder.fail(errorAt(), errorText());
        return m_root;
    }

    [[nodiscard]] QString summary() const { return cutSummary(joinedSummary({m_tag, inOneLineOf(m_said)})); }

private:
    /// An element whose first content has not come: one that has nothing but text is that text.
    struct Pending
    {
        bool isSet = false;
        QString name;
        qsizetype begin = 0;
    };

    /// Characters in a row, with the sections and references that they are written as.
    struct Text
    {
        bool isSet = false;
        qsizetype begin = 0;
        qsizetype end = 0;
        QByteArray utf8;
        /// Not as it is written.
        bool isChanged = false;
    };

    static XmlReader &self(void *data) { return *static_cast<XmlReader *>(data); }

    static void begins(void *data, const XML_Char *name, const XML_Char **attributes)
    {
        self(data).beginElement(name, attributes);
    }
    static void ends(void *data, const XML_Char *) { self(data).endElement(); }
    static void hasText(void *data, const XML_Char *text, int size)
    {
        self(data).addText(QByteArrayView(text, size), true);
    }
    static void cdataBegins(void *data) { self(data).addText({}, false); }
    static void cdataEnds(void *data) { self(data).addText({}, false); }
    static void hasUnknownEntity(void *data, const XML_Char *, int)
    {
        XmlReader &reader = self(data);
        reader.addText(reader.event(), true);
    }
    static void hasComment(void *data, const XML_Char *text)
    {
        self(data).addOther(u"#comment", Node::Kind::String, text, 4, 3);
    }
    static void hasInstruction(void *data, const XML_Char *target, const XML_Char *text)
    {
        self(data).addOther(u'?' + QString::fromUtf8(target), Node::Kind::String, text, -1, -1);
    }
    static void hasDeclaration(void *data, const XML_Char *version, const XML_Char *encoding, int)
    {
        // Of an entity that is read, where there is no version: never.
        if (version)
            self(data).addDeclaration(version, encoding);
    }
    static void hasDoctype(void *data, const XML_Char *name, const XML_Char *, const XML_Char *, int)
    {
        self(data).addDoctype(name);
    }
    static void declaresEntity(void *data, const XML_Char *, int, const XML_Char *, int, const XML_Char *,
                               const XML_Char *, const XML_Char *, const XML_Char *)
    {
        XmlReader &reader = self(data);
        reader.m_builder.fail(
            reader.declarationBegin("<!ENTITY"),
            tr("Not decoded: the document declares entities, of which a few may stand for gigabytes."));
        reader.stop();
    }

    [[nodiscard]] qsizetype eventBegin() const
    {
        const auto at = static_cast<qsizetype>(XML_GetCurrentByteIndex(m_parser.get()));
        return std::clamp<qsizetype>(at, 0, m_bytes.size());
    }
    [[nodiscard]] qsizetype eventEnd() const
    {
        return std::min<qsizetype>(eventBegin() + XML_GetCurrentByteCount(m_parser.get()), m_bytes.size());
    }
    /// Expat tells declarations where the last part of them stands.
    [[nodiscard]] qsizetype declarationBegin(const char *mark) const
    {
        const qsizetype begin = m_bytes.lastIndexOf(mark, eventBegin());
        return m_width == 1 && begin >= 0 ? begin : eventBegin();
    }
    [[nodiscard]] QByteArrayView event() const { return slice(eventBegin(), eventEnd()); }
    [[nodiscard]] QByteArrayView slice(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_bytes).sliced(begin, end - begin);
    }
    void stop() { XML_StopParser(m_parser.get(), XML_FALSE); }
    /// False, and expat is told, if nobody wants more.
    bool goesOn()
    {
        if (m_isOver || m_builder.hasFailed())
            return false;
        m_isOver = !m_builder.goOn(eventBegin());
        if (m_isOver)
            stop();
        return !m_isOver;
    }

    /// The character at this byte, or one that means nothing here.
    [[nodiscard]] char at(qsizetype byte) const
    {
        if (m_width == 1)
            return byte < m_bytes.size() ? m_bytes[byte] : '\0';
        if (byte + 1 >= m_bytes.size())
            return '\0';
        const char high = m_bytes[byte + (m_isBigEndian ? 0 : 1)];
        return high == '\0' ? m_bytes[byte + (m_isBigEndian ? 1 : 0)] : 'x';
    }

    void beginElement(const char *name, const char **attributes)
    {
        if (!goesOn())
            return;
        flushPending();
        flushText(false);
        m_isBare = true;
        ++m_depth;
        const qsizetype begin = eventBegin();
        const QString label = QString::fromUtf8(name);
        if (m_depth == 1) {
            m_root = m_builder.tree().size();
            m_tag = tagText(label, attributes);
        }
        if (!*attributes && m_depth > 1) {
            m_pending = {true, label, begin};
            return;
        }
        if (!openElement(label, begin))
            return;
        addAttributes(attributes, begin, eventEnd());
    }

    bool openElement(const QString &name, qsizetype begin)
    {
        const qsizetype nameBegin = begin + m_width;
        m_builder.label(name, nameBegin, nameEndAt(nameBegin));
        if (m_builder.open(Node::Kind::Object, begin))
            return true;
        stop();
        return false;
    }

    [[nodiscard]] qsizetype nameEndAt(qsizetype from) const
    {
        qsizetype end = from;
        while (end < m_bytes.size() && !isXmlSpace(at(end)) && at(end) != '>' && at(end) != '/' && at(end) != '=')
            end += m_width;
        return std::min(end, m_bytes.size());
    }

    static QString tagText(const QString &name, const char **attributes)
    {
        constexpr qsizetype MaxTag = 80;
        QString text = u'<' + name;
        for (; attributes[0] && text.size() < MaxTag; attributes += 2) {
            const QByteArrayView value(attributes[1]);
            text += u" %1=\"%2\""_s.arg(QString::fromUtf8(attributes[0]),
                                        inOneLineOf(value.first(std::min(value.size(), MaxTag)).toByteArray()));
        }
        return cutSummary(text, MaxTag) + u'>';
    }

    static QString inOneLineOf(const QByteArray &utf8)
    {
        return textFromUtf8(QByteArrayView(utf8).chopped(unfinishedBytes(utf8))).simplified();
    }

    /// Expat says what attributes mean, the bytes say where they stand.
    void addAttributes(const char **attributes, qsizetype begin, qsizetype end)
    {
        const int count = XML_GetSpecifiedAttributeCount(m_parser.get());
        qsizetype place = nameEndAt(begin + m_width);
        for (int i = 0; i < count && attributes[i]; i += 2) {
            if (!goesOn())
                return;
            while (place < end && isXmlSpace(at(place)))
                place += m_width;
            const qsizetype nameBegin = place;
            const qsizetype nameEnd = nameEndAt(place);
            place = nameEnd;
            while (place < end && (isXmlSpace(at(place)) || at(place) == '='))
                place += m_width;
            const char quote = at(place);
            const qsizetype valueBegin = place + m_width;
            qsizetype valueEnd = valueBegin;
            while (valueEnd < end && at(valueEnd) != quote)
                valueEnd += m_width;
            place = std::min(valueEnd + m_width, end);
            if (valueBegin > end || valueEnd > end)
                return;
            m_builder.label(u'@' + QString::fromUtf8(attributes[i]), nameBegin, nameEnd);
            addString(nameBegin, place, valueBegin, valueEnd, QByteArrayView(attributes[i + 1]));
        }
    }

    /// A place in the payload where it is written just so, otherwise the text itself.
    void addString(qsizetype begin, qsizetype end, qsizetype textBegin, qsizetype textEnd, QByteArrayView utf8)
    {
        if (slice(textBegin, textEnd) == utf8) {
            m_builder.addPlace(Node::Kind::String, begin, end, textBegin);
            m_builder.endText(textEnd);
        } else {
            m_builder.add(Node::Kind::String, begin, end, textFromUtf8(utf8));
        }
    }

    void addText(QByteArrayView utf8, bool isCharacters)
    {
        if (!goesOn() || m_depth == 0)
            return;
        if (!m_text.isSet)
            m_text = {true, eventBegin(), eventEnd(), {}, false};
        m_text.end = std::max(m_text.end, eventEnd());
        m_text.isChanged = m_text.isChanged || !isCharacters || utf8 != event();
        m_text.utf8 += utf8;
    }

    /// `isEnd`: the element that it stands in ends here.
    void flushText(bool isEnd)
    {
        if (!m_text.isSet)
            return;
        const Text text = std::exchange(m_text, Text());
        const bool isBlank = std::all_of(text.utf8.begin(), text.utf8.end(), isXmlSpace);
        // Line ends and indents between elements are nothing that anybody meant.
        if (isBlank && !(isEnd && m_isBare))
            return;
        say(text.utf8);
        m_builder.label(u"#text");
        addRun(text, text.begin, text.end);
    }

    void addRun(const Text &text, qsizetype begin, qsizetype end)
    {
        if (text.isChanged)
            m_builder.add(Node::Kind::String, begin, end, textFromUtf8(text.utf8));
        else
            addString(begin, end, text.begin, text.end, text.utf8);
    }

    void say(const QByteArray &text)
    {
        constexpr qsizetype MaxSaid = 200;
        if (m_said.size() < MaxSaid)
            m_said += (m_said.isEmpty() ? "" : " ") + text.left(MaxSaid);
    }

    /// More than text stands in what waits: it is an element that holds others.
    void flushPending()
    {
        if (!m_pending.isSet)
            return;
        const Pending pending = std::exchange(m_pending, Pending());
        static_cast<void>(openElement(pending.name, pending.begin));
    }

    void endElement()
    {
        if (!goesOn())
            return;
        --m_depth;
        const qsizetype end = eventEnd();
        if (m_pending.isSet && m_text.isSet) {
            const Pending pending = std::exchange(m_pending, Pending());
            const Text text = std::exchange(m_text, Text());
            say(text.utf8);
            const qsizetype nameBegin = pending.begin + m_width;
            m_builder.label(pending.name, nameBegin, nameEndAt(nameBegin));
            addRun(text, pending.begin, end);
            m_isBare = false;
            return;
        }
        flushPending();
        if (m_builder.hasFailed())
            return;
        flushText(true);
        m_isBare = false;
        m_builder.close(end);
    }

    void addOther(const QString &label, Node::Kind kind, QByteArrayView text, qsizetype before, qsizetype after)
    {
        if (!goesOn())
            return;
        flushPending();
        flushText(false);
        m_isBare = false;
        const qsizetype begin = eventBegin();
        const qsizetype end = eventEnd();
        m_builder.label(label);
        if (before >= 0 && begin + before * m_width <= end - after * m_width)
            addString(begin, end, begin + before * m_width, end - after * m_width, text);
        else
            m_builder.add(kind, begin, end, textFromUtf8(text));
    }

    void addOther(QStringView label, Node::Kind kind, QByteArrayView text, qsizetype before, qsizetype after)
    {
        addOther(label.toString(), kind, text, before, after);
    }

    void addDeclaration(const char *version, const char *encoding)
    {
        if (!goesOn())
            return;
        m_builder.label(u"?xml");
        m_builder.add(Node::Kind::String, eventBegin(), eventEnd(),
                      joinedSummary({u"version "_s + QString::fromUtf8(version), QString::fromUtf8(encoding)}));
    }

    void addDoctype(const char *name)
    {
        if (!goesOn())
            return;
        m_builder.label(u"!DOCTYPE");
        m_builder.add(Node::Kind::String, declarationBegin("<!DOCTYPE"), eventEnd(), QString::fromUtf8(name));
    }

    [[nodiscard]] qsizetype errorAt() const
    {
        const qsizetype at = eventBegin();
        return XML_GetErrorCode(m_parser.get()) == XML_ERROR_NO_ELEMENTS ? m_bytes.size() : at;
    }

    [[nodiscard]] QString errorText() const
    {
        switch (XML_GetErrorCode(m_parser.get())) {
        case XML_ERROR_NO_ELEMENTS:
            return m_root == Node::None ? tr("There is no element.")
                                        : tr("The document ends before its outermost element does.");
        case XML_ERROR_UNCLOSED_TOKEN:
        case XML_ERROR_PARTIAL_CHAR:
        case XML_ERROR_UNCLOSED_CDATA_SECTION:
            return tr("The document ends in what begins here.");
        case XML_ERROR_TAG_MISMATCH:
            return tr("This tag ends another element than the one that is open.");
        case XML_ERROR_DUPLICATE_ATTRIBUTE:
            return tr("An attribute of this name stands here a second time.");
        case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
            return tr("Something stands behind the outermost element.");
        case XML_ERROR_UNDEFINED_ENTITY:
            return tr("This entity is not declared.");
        case XML_ERROR_BAD_CHAR_REF:
            return tr("This reference names no character.");
        case XML_ERROR_MISPLACED_XML_PI:
            return tr("The XML declaration stands at the very beginning or nowhere.");
        case XML_ERROR_UNKNOWN_ENCODING:
        case XML_ERROR_INCORRECT_ENCODING:
            return tr("The encoding that is declared here is not read.");
        case XML_ERROR_NO_MEMORY:
            return tr("There is not enough memory to read this document.");
        case XML_ERROR_INVALID_TOKEN:
        default:
            return tr("This is no XML: a tag, a name or a character that may stand here is missing.");
        }
    }

    NodeBuilder &m_builder;
    const QByteArray m_bytes;
    const XmlParser m_parser;
    /// Bytes of a character of markup.
    qsizetype m_width = 1;
    bool m_isBigEndian = false;
    Pending m_pending;
    Text m_text;
    /// The element that began last has nothing in it but text so far.
    bool m_isBare = false;
    bool m_isOver = false;
    qint32 m_depth = 0;
    qint32 m_root = Node::None;
    QString m_tag;
    QByteArray m_said;
};

} // namespace

qint32 addXmlNodes(NodeBuilder &builder, const DecodeInput &input)
{
    XmlReader reader(builder, input);
    const qint32 root = reader.read();
    builder.setSummary(reader.summary());
    return root < builder.tree().size() ? root : Node::None;
}

void XmlDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    static_cast<void>(addXmlNodes(builder, input));
}

} // namespace sockeye
