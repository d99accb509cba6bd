#include "structs/StructLexer.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

/// Reads one word after another.
class StructLexer final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StructLexer)

    using Token = StructToken;

public:
    explicit StructLexer(QStringView text)
        : m_text(text)
    {
    }

    [[nodiscard]] Token next()
    {
        if (!skipSpace())
            return invalid(m_at, m_at + 2, tr("This comment has no end: “*/” is missing."));
        if (m_at >= m_text.size())
            return token(Token::Kind::End, m_at);
        const qsizetype begin = m_at;
        const QChar c = m_text[m_at];
        if (c == u'#')
            return directive();
        if (isNameBegin(c)) {
            while (m_at < m_text.size() && (isNameBegin(m_text[m_at]) || isDigit(m_text[m_at])))
                ++m_at;
            return token(Token::Kind::Name, begin);
        }
        if (isDigit(c) || (c == u'.' && isDigit(at(m_at + 1))))
            return number();
        if (c == u'"')
            return text();
        if (c == u'\'')
            return character();
        return sign();
    }

private:
    static bool isLineEnd(QChar c) { return c == u'\n' || c == u'\r'; }
    static bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
    static bool isNameBegin(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_'; }
    static int digit(QChar c)
    {
        if (isDigit(c))
            return c.unicode() - u'0';
        const char16_t lower = c.unicode() | 0x20;
        return lower >= u'a' && lower <= u'z' ? lower - u'a' + 10 : 99;
    }

    [[nodiscard]] QChar at(qsizetype place) const { return place < m_text.size() ? m_text[place] : QChar(); }

    [[nodiscard]] Token token(Token::Kind kind, qsizetype begin)
    {
        return {kind, begin, m_text.sliced(begin, m_at - begin)};
    }

    [[nodiscard]] Token invalid(qsizetype begin, qsizetype end, const QString &message)
    {
        m_at = std::min(end, m_text.size());
        Token fault = token(Token::Kind::Invalid, begin);
        fault.message = message;
        return fault;
    }

    /// False for a comment without an end, before which it stays.
    bool skipSpace()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at].isSpace() || m_text[m_at] == QChar::ByteOrderMark) {
                ++m_at;
            } else if (m_text.sliced(m_at).startsWith(u"//")) {
                while (m_at < m_text.size() && !isLineEnd(m_text[m_at]))
                    ++m_at;
            } else if (m_text.sliced(m_at).startsWith(u"/*")) {
                const qsizetype end = m_text.indexOf(u"*/", m_at + 2);
                if (end < 0)
                    return false;
                m_at = end + 2;
            } else {
                break;
            }
        }
        return true;
    }

    /// To the end of the line, or of those that it goes on in; a comment is not part of it.
    Token directive()
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && !isLineEnd(m_text[m_at])) {
            const QStringView rest = m_text.sliced(m_at);
            if (rest.startsWith(u"//") || rest.startsWith(u"/*"))
                break;
            m_at += rest.startsWith(u"\\\n") ? 2 : rest.startsWith(u"\\\r\n") ? 3 : 1;
        }
        return token(Token::Kind::Directive, begin);
    }

    Token number()
    {
        const qsizetype begin = m_at;
        int base = 10;
        const char16_t mark = at(m_at + 1).unicode() | 0x20;
        if (m_text[m_at] == u'0' && (mark == u'x' || mark == u'b')) {
            base = mark == u'x' ? 16 : 2;
            m_at += 2;
        }
        const qsizetype digits = m_at;
        StructNumber value;
        bool fits = true;
        for (; m_at < m_text.size() && (digit(m_text[m_at]) < base || m_text[m_at] == u'\''); ++m_at) {
            if (m_text[m_at] == u'\'')
                continue;
            const auto times = value.times(StructNumber::fromUnsigned(static_cast<quint64>(base)));
            const auto sum = times ? times->plus(StructNumber::fromSigned(digit(m_text[m_at]))) : std::nullopt;
            fits = fits && sum;
            value = sum.value_or(value);
        }
        const bool hasDigits = m_at > digits;
        const bool hasExponent =
            (at(m_at).unicode() | 0x20) == u'e' &&
            (isDigit(at(m_at + 1)) || ((at(m_at + 1) == u'+' || at(m_at + 1) == u'-') && isDigit(at(m_at + 2))));
        if (base == 10 && (at(m_at) == u'.' || hasExponent))
            return decimal(begin);
        while (m_at < m_text.size() && QStringView(u"uUlL").contains(m_text[m_at]))
            ++m_at;
        if (!hasDigits || isNameBegin(at(m_at)) || isDigit(at(m_at))) {
            while (isNameBegin(at(m_at)) || isDigit(at(m_at)))
                ++m_at;
            const QString written = m_text.sliced(begin, m_at - begin).toString();
            return invalid(begin, m_at, tr("“%1” is no number: write it as 10, 0x0A or 0b1010.").arg(written));
        }
        if (base == 10 && m_text[begin] == u'0' && isDigit(at(begin + 1)))
            return invalid(begin, m_at,
                           tr("A number that begins with 0 is octal in C: write it as 10, 0x0A or 0b1010."));
        if (!fits)
            return invalid(begin, m_at, tr("This number is too large: 64 bits are the most."));
        Token found = token(Token::Kind::Number, begin);
        found.number = value;
        return found;
    }

    /// From its point or its exponent on.
    Token decimal(qsizetype begin)
    {
        if (at(m_at) == u'.')
            ++m_at;
        while (isDigit(at(m_at)))
            ++m_at;
        if ((at(m_at).unicode() | 0x20) == u'e') {
            const qsizetype exponent = m_at + (at(m_at + 1) == u'+' || at(m_at + 1) == u'-' ? 2 : 1);
            if (isDigit(at(exponent))) {
                m_at = exponent;
                while (isDigit(at(m_at)))
                    ++m_at;
            }
        }
        const qsizetype end = m_at;
        if ((at(m_at).unicode() | 0x20) == u'f')
            ++m_at;
        Token found = token(Token::Kind::Decimal, begin);
        found.text = m_text.sliced(begin, end - begin);
        return found;
    }

    /// One character between quotes, with what stands for others; false, and the reason, for what is none.
    bool readCharacter(QByteArray &bytes, QString &message)
    {
        if (m_text[m_at] != u'\\') {
            const bool isPair = m_text[m_at].isHighSurrogate() && at(m_at + 1).isLowSurrogate();
            bytes += m_text.sliced(m_at, isPair ? 2 : 1).toUtf8();
            m_at += isPair ? 2 : 1;
            return true;
        }
        const QChar escape = at(m_at + 1);
        m_at += 2;
        if (escape == u'x') {
            const int high = digit(at(m_at));
            const int low = digit(at(m_at + 1));
            if (high > 15 || low > 15) {
                message = tr("Behind “\\x” stand two hex digits.");
                return false;
            }
            bytes += static_cast<char>(high * 16 + low);
            m_at += 2;
            return true;
        }
        constexpr std::array<std::pair<char16_t, char>, 11> escapes{{{u'n', '\n'},
                                                                     {u'r', '\r'},
                                                                     {u't', '\t'},
                                                                     {u'0', '\0'},
                                                                     {u'\\', '\\'},
                                                                     {u'"', '"'},
                                                                     {u'\'', '\''},
                                                                     {u'a', '\a'},
                                                                     {u'b', '\b'},
                                                                     {u'f', '\f'},
                                                                     {u'v', '\v'}}};
        for (const auto &[written, meant] : escapes) {
            if (escape == written) {
                bytes += meant;
                return true;
            }
        }
        message = tr("Behind “\\” stands n, r, t, 0, x and two hex digits, a quotation mark or another “\\”.");
        return false;
    }

    /// Up to `quote`, which ends it.
    [[nodiscard]] Token quoted(QChar quote, const QString &unfinished)
    {
        const qsizetype begin = m_at++;
        QByteArray bytes;
        QString message;
        while (m_at < m_text.size() && m_text[m_at] != quote && !isLineEnd(m_text[m_at])) {
            const qsizetype character = m_at;
            if (!readCharacter(bytes, message))
                return invalid(character, character + 2, message);
        }
        if (at(m_at) != quote)
            return invalid(begin, m_at, unfinished);
        ++m_at;
        Token found = token(Token::Kind::Text, begin);
        found.bytes = bytes;
        return found;
    }

    Token text() { return quoted(u'"', tr("This text has no end: a quotation mark is missing.")); }

    /// 'A', which is a number.
    Token character()
    {
        Token found = quoted(u'\'', tr("This character has no end: “'” is missing."));
        if (found.kind != Token::Kind::Text)
            return found;
        if (found.bytes.size() != 1)
            return invalid(found.offset, found.end(), tr("Between “'” stands one character of ASCII."));
        found.kind = Token::Kind::Number;
        found.number = StructNumber::fromUnsigned(static_cast<uchar>(found.bytes.front()));
        return found;
    }

    Token sign()
    {
        const qsizetype begin = m_at;
        constexpr std::array<QStringView, 9> pairs{u"<<", u">>", u"<=", u">=", u"==", u"!=", u"&&", u"||", u"::"};
        for (const QStringView pair : pairs) {
            if (m_text.sliced(m_at).startsWith(pair)) {
                m_at += pair.size();
                return token(Token::Kind::Sign, begin);
            }
        }
        if (QStringView(u"{}()[]<>;:,.=+-*/%&|^~!?").contains(m_text[m_at])) {
            ++m_at;
            return token(Token::Kind::Sign, begin);
        }
        const qsizetype end = begin + (m_text[begin].isHighSurrogate() && at(begin + 1).isLowSurrogate() ? 2 : 1);
        return invalid(begin, end, tr("“%1” has no meaning here.").arg(m_text.sliced(begin, end - begin)));
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace

std::vector<StructToken> structTokens(QStringView text)
{
    std::vector<StructToken> tokens;
    StructLexer lexer(text);
    do {
        tokens.push_back(lexer.next());
    } while (tokens.back().kind != StructToken::Kind::End && tokens.back().kind != StructToken::Kind::Invalid);
    if (tokens.back().kind == StructToken::Kind::Invalid)
        tokens.push_back({StructToken::Kind::End, text.size(), text.last(0)});
    return tokens;
}

StructFault structFault(QStringView text, qsizetype offset, qsizetype length, const QString &message)
{
    int line = 1;
    qsizetype lineBegin = 0;
    for (qsizetype at = 0; at < offset; ++at) {
        // CR LF ends one line.
        const bool ends = text[at] == u'\n' || (text[at] == u'\r' && (at + 1 == text.size() || text[at + 1] != u'\n'));
        if (ends) {
            ++line;
            lineBegin = at + 1;
        }
    }
    return {offset, length, line, static_cast<int>(offset - lineBegin) + 1, message};
}

} // namespace sockeye
