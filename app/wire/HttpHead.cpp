#include "wire/HttpHead.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

// The longest registered method has 17 letters. A first word longer than this is no method, and need not be kept
// looking at.
constexpr qsizetype MaxMethod = 32;

bool isTokenChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

// Optional white space in HTTP is space and tab only (RFC 9110 section 5.6.3), less than QByteArray::trimmed() takes
// away.
QByteArrayView withoutBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool isControlCharacter(char c)
{
    const auto u = static_cast<quint8>(c);
    return (u < 0x20 && c != '\t') || u == 0x7f;
}

// Whether the bytes can begin a status line ("HTTP/...") or a request line (a method, then a space).
bool canBeginHead(QByteArrayView bytes)
{
    const QByteArrayView versionPrefix("HTTP/");
    const qsizetype common = std::min(bytes.size(), versionPrefix.size());
    if (bytes.first(common) == versionPrefix.first(common))
        return true;
    const auto *const wordEnd = std::find_if_not(bytes.begin(), bytes.end(), isTokenChar);
    const qsizetype length = wordEnd - bytes.begin();
    return length <= MaxMethod && (wordEnd == bytes.end() || (length > 0 && *wordEnd == ' '));
}

bool isStartLine(QByteArrayView line)
{
    if (line.startsWith("HTTP/"))
        return true;
    const qsizetype version = line.lastIndexOf(" HTTP/");
    return version > line.indexOf(' ');
}

// Commas inside of quoted strings (RFC 9110 section 5.6.4) separate nothing.
void appendListElements(QByteArrayView list, QList<QByteArray> &elements)
{
    bool quoted = false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= list.size(); ++i) {
        if (i == list.size() || (list[i] == ',' && !quoted)) {
            const QByteArrayView element = withoutBlanks(list.sliced(begin, i - begin));
            if (!element.isEmpty())
                elements += element.toByteArray();
            begin = i + 1;
        } else if (list[i] == '"') {
            quoted = !quoted;
        } else if (list[i] == '\\' && quoted && i + 1 < list.size()) {
            ++i;
        }
    }
}

bool isStatusLine(QByteArrayView line)
{
    return line.startsWith("HTTP/");
}

// What follows the n-th space of the line; empty if it has fewer.
QByteArrayView afterSpace(QByteArrayView line, int n)
{
    for (; n > 0; --n) {
        const qsizetype space = line.indexOf(' ');
        line = space < 0 ? QByteArrayView() : line.sliced(space + 1);
    }
    return line;
}

QByteArrayView firstWord(QByteArrayView line)
{
    const qsizetype space = line.indexOf(' ');
    return space < 0 ? line : line.first(space);
}

} // namespace

bool isHttpToken(QByteArrayView bytes)
{
    return !bytes.isEmpty() && std::all_of(bytes.begin(), bytes.end(), isTokenChar);
}

std::optional<QByteArray> HttpHead::value(QByteArrayView name) const
{
    for (const HeaderField &field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            return withoutBlanks(field.value).toByteArray();
    }
    return std::nullopt;
}

QList<QByteArray> HttpHead::values(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const HeaderField &field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            found += withoutBlanks(field.value).toByteArray();
    }
    return found;
}

QList<QByteArray> HttpHead::tokens(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const HeaderField &field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            appendListElements(field.value, found);
    }
    return found;
}

QByteArray HttpHead::httpVersion() const
{
    return isStatusLine(startLine) ? firstWord(startLine).toByteArray() : QByteArray();
}

int HttpHead::status() const
{
    if (!isStatusLine(startLine))
        return 0;
    const QByteArrayView digits = firstWord(afterSpace(startLine, 1));
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (digits.size() != 3 || !std::all_of(digits.begin(), digits.end(), isDigit))
        return 0;
    return digits.toByteArray().toInt();
}

QByteArray HttpHead::reason() const
{
    return isStatusLine(startLine) ? afterSpace(startLine, 2).toByteArray() : QByteArray();
}

HttpHeadParser::Status HttpHeadParser::feed(QByteArrayView &input)
{
    const auto take = [this, &input](qsizetype size) {
        m_head.bytes.append(input.first(size));
        input = input.sliced(size);
    };
    while (m_status == Status::NeedsMore && !input.isEmpty()) {
        const QByteArrayView allowed = input.first(std::min(input.size(), m_limits.maxBytes - m_head.bytes.size()));
        const qsizetype lineFeed = allowed.indexOf('\n');
        take(lineFeed < 0 ? allowed.size() : lineFeed + 1);
        if (m_lines == 0 && !canBeginHead(m_head.bytes))
            m_status = Status::NotHttp;
        else if (lineFeed >= 0)
            takeLine();
        if (m_status == Status::NeedsMore && m_head.bytes.size() >= m_limits.maxBytes)
            m_status = Status::TooLarge;
    }
    // What is not HTTP is kept as it came, for the record.
    if (m_status == Status::NotHttp)
        take(std::min(input.size(), m_limits.maxBytes - m_head.bytes.size()));
    return m_status;
}

void HttpHeadParser::takeLine()
{
    QByteArrayView line = QByteArrayView(m_head.bytes).sliced(m_lineStart).chopped(1);
    if (line.endsWith('\r'))
        line.chop(1);
    else
        noteBareLineFeed(m_head.bytes.size() - 1);

    if (line.isEmpty())
        m_status = m_lines > 0 ? Status::Complete : Status::NotHttp;
    else if (m_lines == m_limits.maxLines)
        m_status = Status::TooManyLines;
    else if (m_lines++ == 0)
        parseStartLine(line);
    else
        parseFieldLine(line);
    m_lineStart = m_head.bytes.size();
}

void HttpHeadParser::parseStartLine(QByteArrayView line)
{
    if (isStartLine(line))
        m_head.startLine = line.toByteArray();
    else
        m_status = Status::NotHttp;
}

void HttpHeadParser::parseFieldLine(QByteArrayView line)
{
    if (isBlank(line.front())) {
        unfoldLine(line);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    m_canUnfold = colon > 0;
    if (!m_canUnfold) {
        addFinding(Severity::Error, "http.no-name", "RFC 9112 5",
                   QCoreApplication::translate("HttpHead", "This line is no header: it has no name before a colon."));
        return;
    }
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = withoutBlanks(line.sliced(colon + 1));
    if (isBlank(name.back())) {
        addFinding(
            Severity::Error, "http.space-before-colon", "RFC 9112 5.1",
            QCoreApplication::translate("HttpHead", "There is white space between a header's name and its colon."));
    } else if (!isHttpToken(name)) {
        addFinding(Severity::Error, "http.bad-name", "RFC 9110 5.6.2",
                   QCoreApplication::translate("HttpHead", "A header's name holds a character that no name may hold."));
    }
    if (std::any_of(value.begin(), value.end(), isControlCharacter)) {
        addFinding(Severity::Error, "http.control-character", "RFC 9110 5.5",
                   QCoreApplication::translate("HttpHead", "A header's value holds a control character."));
    }
    // No part of the value, and still compared with it by several clients.
    if (isBlank(line.back()) && name.compare("Sec-WebSocket-Accept", Qt::CaseInsensitive) == 0) {
        addFinding(Severity::Note, "accept.blanks", "RFC 9110 5.5",
                   QCoreApplication::translate(
                       "HttpHead", "Blanks stand behind the value of Sec-WebSocket-Accept, which they may."));
    }
    m_head.fields += HeaderField{withoutBlanks(name).toByteArray(), value.toByteArray()};
}

void HttpHeadParser::unfoldLine(QByteArrayView line)
{
    if (!m_canUnfold) {
        addFinding(
            Severity::Error, "http.folded", "RFC 9112 2.2",
            QCoreApplication::translate("HttpHead", "This line is indented but continues no header; it is skipped."));
        return;
    }
    addFinding(
        Severity::Error, "http.folded", "RFC 9112 5.2",
        QCoreApplication::translate("HttpHead", "A header is folded over two lines, which must no longer be sent."));
    QByteArray &value = m_head.fields.back().value;
    const QByteArrayView more = withoutBlanks(line);
    if (!value.isEmpty() && !more.isEmpty())
        value.append(' ');
    value.append(more);
}

void HttpHeadParser::noteBareLineFeed(qsizetype at)
{
    if (std::exchange(m_hasBareLineFeed, true))
        return;
    addFinding(Severity::Note, "http.bare-line-feed", "RFC 9112 2.2",
               QCoreApplication::translate("HttpHead", "A line of the head ends with LF alone instead of CR LF."));
    m_findings.back().offset = at;
}

void HttpHeadParser::addFinding(Severity severity, const char *rule, const char *section, const QString &text)
{
    m_findings += Finding{.severity = severity,
                          .rule = QLatin1String(rule),
                          .section = QLatin1String(section),
                          .text = text,
                          .offset = m_lineStart,
                          .failWith = 0};
}

} // namespace sockeye
