#include "widgets/payload/FormattedJson.h"

#include "base/Bytes.h"

namespace sockeye {

namespace {

bool isJsonSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
}

/// Where the string that begins at `start` ends: after its closing quote, or at the text's end.
qsizetype stringEnd(QStringView text, qsizetype start)
{
    for (qsizetype i = start + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'"')
            return i + 1;
    }
    return text.size();
}

/// Writes valid JSON anew, token by token.
class Indenter final
{
public:
    Indenter(QStringView text, qsizetype maxChars, const GoOn &goOn)
        : m_text(text)
        , m_maxChars(maxChars)
        , m_goOn(goOn)
    {
    }

    std::optional<QString> run()
    {
        m_out.reserve(std::min(m_text.size() * 2, m_maxChars));
        while (m_at < m_text.size()) {
            if (m_at >= m_nextQuestion && !ask())
                return {};
            step();
            // Deep nesting multiplies its own length: a small text must not become gigabytes.
            if (m_out.size() > m_maxChars)
                return {};
        }
        return std::move(m_out);
    }

private:
    bool ask()
    {
        constexpr qsizetype Stretch = 64 * 1024;
        m_nextQuestion = m_at + Stretch;
        return !m_goOn || m_goOn(m_at);
    }

    void step()
    {
        const QChar c = m_text[m_at];
        if (c == u'"') {
            const qsizetype end = stringEnd(m_text, m_at);
            m_out += m_text.sliced(m_at, end - m_at);
            m_at = end;
            return;
        }
        ++m_at;
        if (c == u'{' || c == u'[')
            open(c);
        else if (c == u'}' || c == u']')
            close(c);
        else if (c == u',')
            line(c);
        else if (c == u':')
            m_out += QStringLiteral(": ");
        else if (!isJsonSpace(c))
            m_out += c;
    }

    void open(QChar c)
    {
        qsizetype next = m_at;
        while (next < m_text.size() && isJsonSpace(m_text[next]))
            ++next;
        m_out += c;
        if (next < m_text.size() && (m_text[next] == u'}' || m_text[next] == u']')) {
            m_out += m_text[next];
            m_at = next + 1;
            return;
        }
        ++m_depth;
        line({});
    }

    void close(QChar c)
    {
        --m_depth;
        line({});
        m_out += c;
    }

    void line(QChar before)
    {
        if (!before.isNull())
            m_out += before;
        m_out += u'\n';
        m_out.resize(m_out.size() + 2 * m_depth, u' ');
    }

    QStringView m_text;
    qsizetype m_maxChars;
    const GoOn &m_goOn;
    qsizetype m_at = 0;
    qsizetype m_nextQuestion = 0;
    qsizetype m_depth = 0;
    QString m_out;
};

} // namespace

std::optional<QString> indentedJson(const QByteArray &utf8, qsizetype maxChars, const GoOn &goOn)
{
    // What is told of progress is the writing, which takes longer.
    const GoOn isWanted = [&goOn](qsizetype) { return !goOn || goOn(0); };
    if (!isJsonContainer(utf8, isWanted))
        return {};
    const QString text = textFromUtf8(utf8);
    return Indenter(text, maxChars, goOn).run();
}

QList<JsonToken> jsonTokens(QStringView line)
{
    QList<JsonToken> tokens;
    if (line.startsWith(EnvelopeMark))
        return tokens;
    for (qsizetype i = 0; i < line.size();) {
        const QChar c = line[i];
        const qsizetype start = i;
        if (c == u'"') {
            i = stringEnd(line, i);
            qsizetype next = i;
            while (next < line.size() && isJsonSpace(line[next]))
                ++next;
            const bool isKey = next < line.size() && line[next] == u':';
            tokens.append({isKey ? JsonToken::Kind::Key : JsonToken::Kind::String, start, i - start});
        } else if (c == u'-' || (c >= u'0' && c <= u'9')) {
            while (i < line.size() && (line[i].isLetterOrNumber() || QStringView(u"+-.").contains(line[i])))
                ++i;
            tokens.append({JsonToken::Kind::Number, start, i - start});
        } else if (c >= u'a' && c <= u'z') {
            while (i < line.size() && line[i].isLetter())
                ++i;
            tokens.append({JsonToken::Kind::Literal, start, i - start});
        } else {
            ++i;
        }
    }
    return tokens;
}

} // namespace sockeye
