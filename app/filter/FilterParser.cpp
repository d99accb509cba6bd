#include "filter/FilterParser.h"

#include "filter/FilterLexer.h"
#include "filter/FilterTerms.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace sockeye::filter {

namespace {

/// Recursive descent over
///
///     any     = all { "or" all }
///     all     = unary { [ "and" ] unary }
///     unary   = { "-" | "not" } primary
///     primary = "(" any ")" | term
///
/// The first thing that cannot be understood ends it.
class Parser final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    Parser(const QString &line, const FilterContext &context)
        : m_line(line)
        , m_context(context)
        , m_lexer(m_line)
        , m_token(m_lexer.next())
    {
    }

    std::variant<Condition, FilterError> parse()
    {
        if (m_token.type == Token::Type::End)
            return Condition();
        std::optional<Condition> condition = any();
        if (condition && m_token.type == Token::Type::Close)
            fail(m_token.begin, tr("There is no open parenthesis that this one could close. To search for it, put it "
                                   "in quotation marks."));
        if (m_error)
            return *m_error;
        return std::move(*condition);
    }

private:
    std::nullopt_t fail(qsizetype position, const QString &message)
    {
        if (!m_error)
            m_error = FilterError{message, position};
        return std::nullopt;
    }

    void advance() { m_token = m_lexer.next(); }

    static Condition joined(Condition::Type type, QList<Condition> parts)
    {
        if (parts.size() == 1)
            return parts.takeFirst();
        return {type, std::move(parts), {}};
    }

    std::optional<Condition> any()
    {
        QList<Condition> parts;
        for (;;) {
            std::optional<Condition> part = all();
            if (!part)
                return std::nullopt;
            parts.append(std::move(*part));
            if (m_token.type != Token::Type::Or)
                return joined(Condition::Type::Any, std::move(parts));
            advance();
        }
    }

    [[nodiscard]] bool endsAll() const
    {
        return m_token.type == Token::Type::End || m_token.type == Token::Type::Close ||
               m_token.type == Token::Type::Or;
    }

    std::optional<Condition> all()
    {
        QList<Condition> parts;
        do {
            if (m_token.type == Token::Type::And && !parts.isEmpty())
                advance();
            std::optional<Condition> part = unary();
            if (!part)
                return std::nullopt;
            parts.append(std::move(*part));
        } while (!endsAll());
        return joined(Condition::Type::All, std::move(parts));
    }

    std::optional<Condition> unary()
    {
        if (m_token.type != Token::Type::Minus && m_token.type != Token::Type::Not)
            return primary();
        if (++m_depth > MaxDepth)
            return tooDeep();
        advance();
        std::optional<Condition> part = unary();
        --m_depth;
        if (!part)
            return std::nullopt;
        return Condition::negation(std::move(*part));
    }

    std::nullopt_t tooDeep()
    {
        return fail(m_token.begin, tr("Parentheses and “not” lie too deep within each other here. Write a simpler "
                                      "filter."));
    }

    std::optional<Condition> primary()
    {
        switch (m_token.type) {
        case Token::Type::Open:
            return group();
        case Token::Type::Words:
        case Token::Type::Regex:
        case Token::Type::Keyed:
            return term();
        case Token::Type::Bad:
            return fail(m_token.error.position, m_token.error.message);
        case Token::Type::And:
        case Token::Type::Or:
            return fail(m_token.begin,
                        tr("Before “%1” a condition is missing. To search for the word, put it in "
                           "quotation marks.")
                            .arg(QStringView(m_line).sliced(m_token.begin, m_token.end - m_token.begin)));
        default:
            return fail(m_token.begin, tr("A condition is missing here. To search for “and”, “or” or “not”, put the "
                                          "word in quotation marks."));
        }
    }

    std::optional<Condition> group()
    {
        const qsizetype open = m_token.begin;
        if (++m_depth > MaxDepth)
            return tooDeep();
        advance();
        if (m_token.type == Token::Type::Close)
            return fail(open, tr("There is nothing between the parentheses."));
        std::optional<Condition> inner = any();
        if (!inner)
            return std::nullopt;
        if (m_token.type != Token::Type::Close)
            return fail(open, tr("The parenthesis is not closed. Type ) where what belongs together ends."));
        --m_depth;
        advance();
        return inner;
    }

    std::optional<Condition> term()
    {
        std::variant<Condition, FilterError> made = termOf(m_token, m_line, m_context);
        if (const auto *error = std::get_if<FilterError>(&made))
            return fail(error->position, error->message);
        auto &condition = std::get<Condition>(made);
        m_terms += weight(condition);
        if (m_terms > MaxTerms)
            return fail(m_token.begin,
                        tr("There are more than %1 conditions in this filter. Write a shorter one.").arg(MaxTerms));
        advance();
        return std::move(condition);
    }

    /// Each value of a list counts.
    static int weight(const Condition &leaf)
    {
        const auto *numbers = std::get_if<NumberIn>(&leaf.term);
        const auto *rules = std::get_if<BrokeRule>(&leaf.term);
        const auto *messages = std::get_if<MessageIs>(&leaf.term);
        return int(std::max<qsizetype>({numbers ? numbers->any.size() : 1, rules ? rules->any.size() : 1,
                                        messages ? messages->any.size() : 1, 1}));
    }

    const QString &m_line;
    const FilterContext &m_context;
    Lexer m_lexer;
    Token m_token;
    std::optional<FilterError> m_error;
    int m_depth = 0;
    int m_terms = 0;
};

} // namespace

std::variant<Condition, FilterError> parse(const QString &line, const FilterContext &context)
{
    if (line.size() > MaxLength) {
        return FilterError{
            QCoreApplication::translate("sockeye::Filter", "A filter may have %1 characters at most.").arg(MaxLength),
            MaxLength};
    }
    return Parser(line, context).parse();
}

} // namespace sockeye::filter
