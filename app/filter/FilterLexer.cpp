#include "filter/FilterLexer.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace sockeye::filter {

namespace {

struct FilterLexerWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    static QString unknownKey(QStringView key)
    {
        QStringList known;
        for (const FilterKeyInfo &info : filterKeys())
            known += info.compares ? QString(info.name) : info.name + u':';
        return tr("“%1” is no filter. Known are %2. To search for the text, put it in quotation marks.")
            .arg(key, known.join(", "_L1));
    }
    static QString notClosed()
    {
        return tr("The quotation mark is not closed. Type another \" at the end of the words.");
    }
    static QString nothingQuoted() { return tr("There is nothing between the quotation marks."); }
};

bool isKeyword(QStringView word, QLatin1StringView keyword)
{
    return word.compare(keyword, Qt::CaseInsensitive) == 0;
}

} // namespace

bool Lexer::isSpaceOrEnd(qsizetype place) const
{
    return place >= m_line.size() || m_line.at(place).isSpace();
}

bool Lexer::closesGroup(qsizetype place) const
{
    return m_depth > 0 && at(place) == u')';
}

Token Lexer::next()
{
    const bool afterMinus = std::exchange(m_afterMinus, false);
    while (m_at < m_line.size() && m_line.at(m_at).isSpace())
        ++m_at;
    if (m_at >= m_line.size())
        return one(Token::Type::End, 0);
    const QChar c = at(m_at);
    if (c == u'(') {
        ++m_depth;
        return one(Token::Type::Open, 1);
    }
    if (c == u')') {
        m_depth = qMax(0, m_depth - 1);
        return one(Token::Type::Close, 1);
    }
    // A minus alone, and a second one, are text.
    if (c == u'-' && !afterMinus && !isSpaceOrEnd(m_at + 1) && !closesGroup(m_at + 1)) {
        m_afterMinus = true;
        return one(Token::Type::Minus, 1);
    }
    if (c == u'"')
        return quoted();
    if (c == u'/') {
        if (const std::optional<Token> token = regex())
            return *token;
    }
    Token token = wordOrKeyed();
    if (token.type == Token::Type::Words && !afterMinus) {
        if (isKeyword(token.text, "and"_L1))
            token.type = Token::Type::And;
        else if (isKeyword(token.text, "or"_L1))
            token.type = Token::Type::Or;
        else if (isKeyword(token.text, "not"_L1))
            token.type = Token::Type::Not;
    }
    return token;
}

Token Lexer::one(Token::Type type, qsizetype length)
{
    Token token;
    token.type = type;
    token.begin = m_at;
    m_at += length;
    token.end = m_at;
    return token;
}

Token Lexer::bad(qsizetype end, qsizetype position, const QString &message)
{
    Token token = one(Token::Type::Bad, end - m_at);
    token.error = {message, position};
    return token;
}

/// "two words", with \" and \\ inside.
Token Lexer::quoted()
{
    QString words;
    for (qsizetype place = m_at + 1; place < m_line.size(); ++place) {
        const QChar c = at(place);
        if (c == u'"') {
            if (words.isEmpty())
                return bad(place + 1, m_at, FilterLexerWords::nothingQuoted());
            Token token = one(Token::Type::Words, place + 1 - m_at);
            token.text = words;
            token.isQuoted = true;
            return token;
        }
        const bool isEscape = c == u'\\' && (at(place + 1) == u'"' || at(place + 1) == u'\\');
        words += isEscape ? at(++place) : c;
    }
    return bad(m_line.size(), m_at, FilterLexerWords::notClosed());
}

/// /words/ or /words/i. None if the slash is just the first character of a word, as in "/api/v1".
std::optional<Token> Lexer::regex()
{
    for (qsizetype place = m_at + 1; place < m_line.size(); ++place) {
        if (at(place) == u'\\') {
            ++place;
            continue;
        }
        if (at(place) != u'/' || place == m_at + 1)
            continue;
        const bool foldCase = at(place + 1).toLower() == u'i';
        const qsizetype end = place + 1 + (foldCase ? 1 : 0);
        if (!isSpaceOrEnd(end) && !closesGroup(end))
            continue;
        const QStringView pattern = m_line.sliced(m_at + 1, place - m_at - 1);
        Token token = one(Token::Type::Regex, end - m_at);
        token.text = pattern.toString();
        token.foldCase = foldCase;
        return token;
    }
    return std::nullopt;
}

/// A word ends at a space, and at a `)` that it has not opened itself.
qsizetype Lexer::wordEnd() const
{
    qsizetype end = m_at;
    int open = 0;
    for (; !isSpaceOrEnd(end); ++end) {
        if (at(end) == u'(')
            ++open;
        else if (open == 0 && closesGroup(end))
            break;
        else if (at(end) == u')')
            open = qMax(0, open - 1);
    }
    return end;
}

Token Lexer::wordOrKeyed()
{
    const QStringView word = m_line.sliced(m_at, wordEnd() - m_at);
    qsizetype keyLength = 0;
    while (keyLength < word.size() && word.at(keyLength).isLetter())
        ++keyLength;
    const qsizetype sign = keyLength > 0 && keyLength < word.size() ? signLength(m_at + keyLength) : 0;
    if (sign > 0) {
        const QStringView key = word.first(keyLength);
        if (const FilterKeyInfo *info = findFilterKey(key))
            return keyed(*info, m_at + keyLength);
        // As in "id=7" out of a query string.
        const bool isText = word.at(keyLength) == u'=' || word.at(keyLength) == u'!';
        if (!isText)
            return bad(m_at + word.size(), m_at, FilterLexerWords::unknownKey(key));
    }
    Token token = one(Token::Type::Words, word.size());
    token.text = word.toString();
    return token;
}

qsizetype Lexer::signLength(qsizetype place) const
{
    const QChar c = at(place);
    const bool isDouble = at(place + 1) == u'=';
    if (c == u':')
        return 1;
    if (c == u'!')
        return isDouble ? 2 : 0;
    return c == u'<' || c == u'>' || c == u'=' ? (isDouble ? 2 : 1) : 0;
}

/// The value of a key ends like a word, but what stands between quotation marks belongs together.
Token Lexer::keyed(const FilterKeyInfo &info, qsizetype keyEnd)
{
    const qsizetype valueBegin = keyEnd + signLength(keyEnd);
    qsizetype end = valueBegin;
    qsizetype quote = -1;
    int open = 0;
    for (; end < m_line.size() && (quote >= 0 || !m_line.at(end).isSpace()); ++end) {
        const QChar c = at(end);
        if (quote >= 0 && c == u'\\')
            ++end;
        else if (c == u'"')
            quote = quote >= 0 ? -1 : end;
        else if (quote < 0 && c == u'(')
            ++open;
        else if (quote < 0 && c == u')' && --open < 0)
            break;
    }
    end = qMin(end, m_line.size());
    if (quote >= 0)
        return bad(end, quote, FilterLexerWords::notClosed());
    Token token = one(Token::Type::Keyed, end - m_at);
    token.key = info.key;
    token.signBegin = keyEnd;
    token.valueBegin = valueBegin;
    return token;
}

} // namespace sockeye::filter
