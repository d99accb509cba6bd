#include "widgets/composer/JsonCheck.h"

#include <QCoreApplication>

namespace sockeye {
namespace {

/// Deeper than anyone writes, and far from the end of the stack.
constexpr int MaxDepth = 512;

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isHexDigit(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// Walks the text by the grammar of RFC 8259; stops at the first fault.
class Checker final
{
public:
    explicit Checker(QStringView text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::optional<JsonFault> check()
    {
        if (value(0)) {
            skipSpace();
            if (!atEnd())
                fail(tr("nothing may follow the value"));
        }
        return m_fault;
    }

private:
    [[nodiscard]] static QString tr(const char *text) { return QCoreApplication::translate("JsonCheck", text); }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar peek() const { return atEnd() ? QChar() : m_text[m_at]; }

    bool fail(const QString &message)
    {
        m_fault = JsonFault{atEnd() ? tr("it ends too early,") + u' ' + message : message, m_at};
        return false;
    }

    bool take(QChar c)
    {
        if (peek() != c || atEnd())
            return false;
        ++m_at;
        return true;
    }

    void skipSpace()
    {
        while (!atEnd() && (peek() == u' ' || peek() == u'\t' || peek() == u'\n' || peek() == u'\r'))
            ++m_at;
    }

    bool value(int depth)
    {
        if (depth > MaxDepth)
            return fail(tr("it is nested too deeply"));
        skipSpace();
        if (peek() == u'{')
            return object(depth);
        if (peek() == u'[')
            return array(depth);
        if (peek() == u'"')
            return string();
        if (peek() == u'-' || isDigit(peek()))
            return number();
        for (const QStringView word : {QStringView(u"true"), QStringView(u"false"), QStringView(u"null")}) {
            if (m_text.sliced(m_at).startsWith(word)) {
                m_at += word.size();
                return true;
            }
        }
        return fail(tr("a value is expected"));
    }

    bool object(int depth)
    {
        ++m_at;
        skipSpace();
        if (take(u'}'))
            return true;
        while (true) {
            skipSpace();
            if (peek() != u'"')
                return fail(tr("a name in double quotes is expected"));
            if (!string())
                return false;
            skipSpace();
            if (!take(u':'))
                return fail(tr("a colon is expected"));
            if (!value(depth + 1))
                return false;
            skipSpace();
            if (take(u'}'))
                return true;
            if (!take(u','))
                return fail(tr("a comma or } is expected"));
        }
    }

    bool array(int depth)
    {
        ++m_at;
        skipSpace();
        if (take(u']'))
            return true;
        while (value(depth + 1)) {
            skipSpace();
            if (take(u']'))
                return true;
            if (!take(u','))
                return fail(tr("a comma or ] is expected"));
        }
        return false;
    }

    bool string()
    {
        ++m_at;
        while (!atEnd()) {
            if (take(u'"'))
                return true;
            if (peek() < u' ')
                return fail(tr("a control character must be written as an escape"));
            if (!take(u'\\'))
                ++m_at;
            else if (!escape())
                return false;
        }
        return fail(tr("a closing quote is expected"));
    }

    bool escape()
    {
        if (!take(u'u')) {
            if (atEnd() || !QStringView(u"\"\\/bfnrt").contains(peek()))
                return fail(tr("an escape is expected"));
            ++m_at;
            return true;
        }
        for (int i = 0; i < 4; ++i, ++m_at) {
            if (!isHexDigit(peek()))
                return fail(tr("four hex digits are expected"));
        }
        return true;
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return fail(tr("a digit is expected"));
        while (isDigit(peek()))
            ++m_at;
        return true;
    }

    bool number()
    {
        take(u'-');
        if (take(u'0')) {
            if (isDigit(peek()))
                return fail(tr("a number may not begin with 0"));
        } else if (!digits()) {
            return false;
        }
        if (take(u'.') && !digits())
            return false;
        if (!take(u'e') && !take(u'E'))
            return true;
        if (!take(u'+'))
            take(u'-');
        return digits();
    }

    QStringView m_text;
    qsizetype m_at = 0;
    std::optional<JsonFault> m_fault;
};

} // namespace

std::optional<JsonFault> findJsonFault(QStringView text)
{
    return Checker(text).check();
}

} // namespace sockeye
