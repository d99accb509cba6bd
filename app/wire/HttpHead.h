#pragma once

#include "base/Result.h"
#include "wire/Finding.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace sockeye {

/// One header line. The name as it was written; names compare without case.
struct HeaderField
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const HeaderField &, const HeaderField &) = default;
};
using HeaderFields = QList<HeaderField>;

/// The head of an HTTP/1.1 request or response (RFC 9112 sections 2 to 5): its start line and header lines, in order,
/// duplicates kept, and the bytes as they were on the wire.
struct HttpHead
{
    /// "GET /feed HTTP/1.1" or "HTTP/1.1 101 Switching Protocols", without the line break.
    QByteArray startLine;
    HeaderFields fields;
    /// Start line to the empty line, both included.
    QByteArray bytes;

    /// The first value under the name, trimmed; nullopt if there is none.
    [[nodiscard]] std::optional<QByteArray> value(QByteArrayView name) const;
    [[nodiscard]] QList<QByteArray> values(QByteArrayView name) const;
    /// The comma-separated tokens of all fields of the name, trimmed, in order.
    [[nodiscard]] QList<QByteArray> tokens(QByteArrayView name) const;

    /// Of a response: "HTTP/1.1", 101, "Switching Protocols". Status 0 if the start line is not a status line.
    [[nodiscard]] QByteArray httpVersion() const;
    [[nodiscard]] int status() const;
    [[nodiscard]] QByteArray reason() const;
};

/// Optional white space in HTTP is space and tab only (RFC 9110 section 5.6.3).
constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Reads a head from a stream, byte for byte, within limits. Lines end with CR LF; a bare LF is accepted and noted.
class HttpHeadParser final
{
public:
    enum class Status : quint8 { NeedsMore, Complete, TooLarge, TooManyLines, NotHttp };

    struct Limits
    {
        qsizetype maxBytes = 256 * 1024;
        int maxLines = 1000;
    };

    HttpHeadParser()
        : HttpHeadParser(Limits())
    {
    }
    explicit HttpHeadParser(Limits limits)
        : m_limits(limits)
    {
    }

    /// Takes bytes from the front of `input`; after Complete the rest of the input is what follows the head. NotHttp
    /// comes as soon as the first bytes cannot begin an HTTP start line.
    Status feed(QByteArrayView &input);
    [[nodiscard]] const HttpHead &head() const { return m_head; }
    /// All that came so far: what a peer that does not speak HTTP has said.
    [[nodiscard]] const QByteArray &bytes() const { return m_head.bytes; }
    /// "http.bare-line-feed" (a Note, once), "http.folded", "http.no-name", "http.space-before-colon", "http.bad-name",
    /// "http.control-character", "accept.blanks" (a Note): at the line's offset in the head.
    [[nodiscard]] const Findings &findings() const { return m_findings; }

private:
    void takeLine();
    void parseStartLine(QByteArrayView line);
    void parseFieldLine(QByteArrayView line);
    void unfoldLine(QByteArrayView line);
    void noteBareLineFeed(qsizetype at);
    void addFinding(Severity severity, const char *rule, const char *section, const QString &text);

    Limits m_limits;
    Status m_status = Status::NeedsMore;
    HttpHead m_head;
    Findings m_findings;
    /// Where in the bytes the line begins that is being read.
    qsizetype m_lineStart = 0;
    /// Lines read, the start line included.
    int m_lines = 0;
    bool m_hasBareLineFeed = false;
    /// Whether the latest field line has become a field, which a folded line would continue.
    bool m_canUnfold = false;
};

/// Whether the bytes are a token (RFC 9110 section 5.6.2), as header names and subprotocols must be.
[[nodiscard]] bool isHttpToken(QByteArrayView bytes);

} // namespace sockeye
