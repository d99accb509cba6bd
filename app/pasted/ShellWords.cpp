#include "pasted/ShellWords.h"

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

class WordReader final
{
public:
    explicit WordReader(const QString &text)
        : m_text(text)
    {
    }

    [[nodiscard]] QStringList read()
    {
        for (m_at = 0; m_at < m_text.size(); ++m_at)
            step(m_text[m_at]);
        endWord();
        return m_words;
    }

private:
    void step(QChar c)
    {
        if (m_quote == u'\0' && c.isSpace())
            endWord();
        else if (m_quote == u'\0' && c == u'$' && peek() == u'\'')
            m_ansi = true;
        else if (m_quote == u'\0' && (c == u'\'' || c == u'"'))
            begin(c);
        else if (c == m_quote && m_quote != u'\0')
            end();
        else if (c == u'\\' && (m_quote != u'\'' || m_ansi))
            escape();
        else
            put(c);
    }

    void end()
    {
        m_quote = u'\0';
        m_ansi = false;
    }

    void begin(QChar quote)
    {
        m_quote = quote;
        m_isWord = true;
    }

    void escape()
    {
        const QChar next = peek();
        ++m_at;
        if (next == u'\r' && peek() == u'\n')
            ++m_at;
        if (next == u'\n' || next == u'\r' || next.isNull())
            return;
        // Within double quotes the backslash stays before what it cannot escape.
        if (m_quote == u'"' && !QStringView(u"\"\\$`").contains(next))
            put(u'\\');
        put(m_ansi ? ansi(next) : next);
    }

    /// What stands after the backslash in $'...': browsers write ! as \u0021.
    [[nodiscard]] QChar ansi(QChar c)
    {
        constexpr qsizetype Digits = 4;
        bool isCode = false;
        const ushort code = c == u'u' ? m_text.mid(m_at + 1, Digits).toUShort(&isCode, 16) : ushort(0);
        if (isCode)
            m_at += Digits;
        return isCode ? QChar(code) : c == u'n' ? QChar(u'\n') : c;
    }

    void put(QChar c)
    {
        m_word += c;
        m_isWord = true;
    }

    void endWord()
    {
        if (m_isWord)
            m_words += m_word;
        m_word.clear();
        m_isWord = false;
    }

    [[nodiscard]] QChar peek() const { return m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar(); }

    const QString &m_text;
    qsizetype m_at = 0;
    QChar m_quote = u'\0';
    bool m_ansi = false;
    bool m_isWord = false;
    QString m_word;
    QStringList m_words;
};

} // namespace

QStringList shellWords(const QString &text)
{
    return WordReader(text).read();
}

} // namespace sockeye
