#include "structs/StructParser.h"

#include "structs/StructLexer.h"
#include "structs/StructTypes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <limits>

namespace sockeye {

namespace {

/// UTF-16 code units of a text.
constexpr qsizetype MaxStructText = 256 * 1024;
/// Parentheses, conditions and structs within each other.
constexpr int MaxStructNesting = 64;
constexpr qsizetype MaxStructFields = 10'000;
/// Numbers that expressions can ask for, those of structs in structs included.
constexpr qsizetype MaxStructSlots = 20'000;
/// Those of all structs that are described.
constexpr qsizetype MaxStructSlotsInAll = 200'000;
constexpr quint64 MaxFixedSize = quint64{1} << 40;

struct StructSymbol;
using StructSymbols = std::map<QString, StructSymbol>;

/// What a name of a field stands for.
struct StructSymbol
{
    /// Of its number; -1 where it has none.
    qsizetype slot = -1;
    /// What stands in it, whose slots begin at `base`.
    std::shared_ptr<const StructSymbols> members = {};
    qsizetype base = 0;
    bool isArray = false;
    /// The block of a condition that it stands in.
    int block = 0;
};

/// A constant, which several enums may name alike.
struct StructConstant
{
    StructNumber value;
    bool isAmbiguous = false;
};

/// A struct while it is read.
struct StructBody
{
    std::shared_ptr<StructLayout> layout;
    /// Whose slots its fields have: itself, or the one around it.
    std::shared_ptr<StructLayout> owner;
    StructSymbols symbols;
    /// What stands before the names of its fields: "point.".
    QString prefix;
    /// The blocks that are open, from the struct itself on.
    std::vector<int> blocks{0};
    /// The field that C's next bits go into; -1 for a new one.
    qsizetype bitField = -1;
};

struct StructOperator
{
    QStringView sign;
    int precedence;
    StructExpression::Code code;
};

using ExpressionCode = StructExpression::Code;

constexpr std::array structOperators{
    StructOperator{u"||", 1, ExpressionCode::JumpOnTrue},     StructOperator{u"&&", 2, ExpressionCode::JumpOnFalse},
    StructOperator{u"|", 3, ExpressionCode::BitOr},           StructOperator{u"^", 4, ExpressionCode::BitXor},
    StructOperator{u"&", 5, ExpressionCode::BitAnd},          StructOperator{u"==", 6, ExpressionCode::Equal},
    StructOperator{u"!=", 6, ExpressionCode::NotEqual},       StructOperator{u"<", 7, ExpressionCode::Less},
    StructOperator{u"<=", 7, ExpressionCode::LessOrEqual},    StructOperator{u">", 7, ExpressionCode::Greater},
    StructOperator{u">=", 7, ExpressionCode::GreaterOrEqual}, StructOperator{u"<<", 8, ExpressionCode::ShiftLeft},
    StructOperator{u">>", 8, ExpressionCode::ShiftRight},     StructOperator{u"+", 9, ExpressionCode::Add},
    StructOperator{u"-", 9, ExpressionCode::Subtract},        StructOperator{u"*", 10, ExpressionCode::Multiply},
    StructOperator{u"/", 10, ExpressionCode::Divide},         StructOperator{u"%", 10, ExpressionCode::Modulo},
};

/// Words that name no type, struct or constant.
constexpr std::array<QStringView, 26> structKeywords{
    u"little",  u"big",     u"packed", u"aligned",       u"root",           u"align",     u"pad",  u"struct", u"union",
    u"enum",    u"typedef", u"using",  u"const",         u"static",         u"if",        u"else", u"switch", u"case",
    u"default", u"break",   u"sizeof", u"static_assert", u"_Static_assert", u"constexpr", u"true", u"false"};
/// The first of them, which begin a line.
constexpr int StructLineWords = 7;

/// The bytes of a layout, as far as nothing in it depends on what is read.
std::optional<quint64> fixedSizeOf(const StructLayout &layout)
{
    quint64 size = 0;
    const auto align = [&size](qsizetype alignment) {
        const auto to = static_cast<quint64>(alignment);
        size = (size + to - 1) / to * to;
    };
    const auto constant = [](const StructExpression &expression) -> std::optional<quint64> {
        static const StructSlots none;
        static const std::vector<QString> noNames;
        QString fault;
        if (!expression.isConstant() || expression.isEmpty())
            return {};
        const auto value = expression.evaluate({none, 0, 0, 0, noNames}, fault);
        return value ? value->toUnsigned() : std::nullopt;
    };
    for (const StructStep &step : layout.steps) {
        if (size > MaxFixedSize)
            return {};
        if (step.code == StructStep::Code::AlignField) {
            if (layout.isAligned)
                align(step.index);
            continue;
        }
        if (step.code == StructStep::Code::Pad) {
            const auto count = constant(step.expression);
            if (!count || *count > MaxFixedSize)
                return {};
            size += *count;
            continue;
        }
        if (step.code != StructStep::Code::Field)
            return {};
        const StructField &field = layout.fields[static_cast<size_t>(step.index)];
        const auto one = field.size          ? constant(*field.size)
                         : field.type.layout ? field.type.layout->size
                         : field.type.size > 0 && !field.type.isText()
                             ? std::optional(static_cast<quint64>(field.type.size))
                             : std::nullopt;
        if (!one || *one > MaxFixedSize)
            return {};
        quint64 all = *one;
        if (!field.size) {
            for (const StructExpression &count : field.counts) {
                const auto elements = constant(count);
                if (!elements || (*elements > 0 && all > MaxFixedSize / *elements))
                    return {};
                all *= *elements;
            }
        }
        if (layout.isAligned)
            align(field.alignment);
        size += all;
    }
    if (layout.isAligned)
        align(layout.alignment);
    return size;
}

/// The number that decimals stand for, as a fraction that has no more rounding than it must.
struct StructDecimal
{
    double factor = 0;
    double divisor = 1;
    /// -1 for as many as it takes.
    int decimals = 0;
};

StructDecimal structDecimal(QStringView text)
{
    constexpr qsizetype MaxDigits = 15;
    constexpr int MaxDecimals = 12;
    QString digits;
    int decimals = 0;
    bool isBehindPoint = false;
    qsizetype at = 0;
    for (; at < text.size() && (text[at].unicode() | 0x20) != u'e'; ++at) {
        if (text[at] == u'.') {
            isBehindPoint = true;
            continue;
        }
        digits += text[at];
        decimals += isBehindPoint ? 1 : 0;
    }
    constexpr int MostExponent = 1000;
    bool isInt = true;
    const int exponent = at < text.size() ? text.sliced(at + 1).toInt(&isInt) : 0;
    const bool isFar = !isInt || exponent > MostExponent || exponent < -MostExponent;
    const int all = isFar ? MostExponent : decimals - exponent;
    if (digits.size() > MaxDigits || all < 0 || all > MaxDecimals)
        return {text.toDouble(), 1, -1};
    double divisor = 1;
    for (int n = 0; n < all; ++n)
        divisor *= 10;
    return {digits.toDouble(), divisor, all};
}

/// Reads the words of a text by recursive descent, whose depth is bounded.
class StructReaderOfText final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StructParser)

public:
    StructReaderOfText(QStringView text, const std::function<const Decoder *(QStringView)> &formatNamed)
        : m_text(text)
        , m_formatNamed(formatNamed)
    {
    }

    [[nodiscard]] ParsedStruct parse()
    {
        if (m_text.size() > MaxStructText) {
            m_fault =
                structFault(m_text, MaxStructText, 1, tr("The text is too long: 256 Ki characters are the most."));
            return {{}, false, m_fault};
        }
        m_tokens = structTokens(m_text);
        if (!readFile())
            return {{}, false, m_fault};
        return {m_root ? m_root : m_last, m_repeats, {}};
    }

private:
    using Token = StructToken;

    // Words

    [[nodiscard]] const Token &peek(size_t ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    const Token &take() { return m_tokens[m_at < m_tokens.size() - 1 ? m_at++ : m_at]; }
    bool takeIf(QStringView sign)
    {
        if (!peek().is(sign))
            return false;
        take();
        return true;
    }
    bool takeIfName(QStringView name)
    {
        if (!peek().isName(name))
            return false;
        take();
        return true;
    }

    bool fail(const Token &token, const QString &message)
    {
        return failAt(token.offset, token.text.size(),
                      token.kind == Token::Kind::Invalid && !token.message.isEmpty() ? token.message : message);
    }

    bool failAt(qsizetype offset, qsizetype length, const QString &message)
    {
        if (!m_fault)
            m_fault = structFault(m_text, offset, length, message);
        return false;
    }

    /// The word at hand, for a sentence.
    [[nodiscard]] QString seen() const
    {
        if (peek().kind == Token::Kind::End)
            return tr("the end of the text");
        const QStringView text = peek().text;
        constexpr qsizetype MaxSeen = 40;
        return u'“' + (text.size() > MaxSeen ? text.first(MaxSeen).toString() + u'…' : text.toString()) + u'”';
    }

    bool expect(QStringView sign)
    {
        return takeIf(sign) || fail(peek(), tr("Here stands “%1”, not %2.").arg(sign.toString(), seen()));
    }

    /// A name that is none of the language's own. What follows a type may be called as what begins a line.
    bool expectName(QString &name, const QString &what, bool isOfField = false)
    {
        if (peek().kind != Token::Kind::Name)
            return fail(peek(), tr("Here stands %1, not %2.").arg(what, seen()));
        const auto begin = structKeywords.begin() + (isOfField ? StructLineWords : 0);
        if (std::find(begin, structKeywords.end(), peek().text) != structKeywords.end())
            return fail(peek(), tr("“%1” is a word of the language and names nothing else.").arg(peek().text));
        name = take().text.toString();
        return true;
    }

    class Nesting final
    {
    public:
        explicit Nesting(StructReaderOfText &reader)
            : m_depth(reader.m_depth)
        {
            ++m_depth;
        }
        ~Nesting() { --m_depth; }
        Nesting(const Nesting &) = delete;
        Nesting &operator=(const Nesting &) = delete;

    private:
        int &m_depth;
    };

    bool isNotTooDeep() { return m_depth <= MaxStructNesting || failDepth(peek()); }

    bool failDepth(const Token &token)
    {
        return fail(token, tr("This is nested too deep: %1 levels are the most.").arg(MaxStructNesting));
    }

    // The file

    bool readFile()
    {
        while (peek().kind != Token::Kind::End) {
            if (!readItem())
                return false;
        }
        if (!m_root && !m_last)
            return fail(peek(), tr("There is no struct yet: write “struct Message { u8 kind; }”, say."));
        return true;
    }

    bool readItem()
    {
        const Token &token = peek();
        if (token.kind == Token::Kind::Directive)
            return readDirective();
        if (takeIf(u";"))
            return true;
        if (token.isName(u"little") || token.isName(u"big")) {
            m_order = take().text == u"big" ? ByteOrder::Big : ByteOrder::Little;
            takeIf(u";");
            return true;
        }
        if (token.isName(u"packed") || token.isName(u"aligned")) {
            m_isAligned = take().text == u"aligned";
            takeIf(u";");
            return true;
        }
        if (token.isName(u"struct"))
            return readStruct();
        if (token.isName(u"enum")) {
            StructType type;
            return readEnum(type) && expectEnd();
        }
        if (token.isName(u"typedef"))
            return readTypedef();
        if (token.isName(u"using"))
            return readUsing();
        if (token.isName(u"const") || token.isName(u"static") || token.isName(u"constexpr"))
            return readConstant();
        if (token.isName(u"static_assert") || token.isName(u"_Static_assert"))
            return readAssertion();
        if (token.isName(u"root"))
            return readRoot();
        if (token.isName(u"union"))
            return failUnion();
        return fail(token, tr("Here stands a struct, an enum, “little”, “big” or “root”, not %1.").arg(seen()));
    }

    bool failUnion()
    {
        return fail(peek(), tr("A union does not say which of its fields is meant: write “if” or “switch” with each."));
    }

    /// The semicolon after a brace may be left out.
    bool expectEnd()
    {
        takeIf(u";");
        return true;
    }

    /// "#define NAME 3" and "#pragma pack": what else headers have says nothing about bytes.
    bool readDirective()
    {
        const Token token = take();
        const QString line = token.text.sliced(1).toString().simplified();
        const QString word = line.section(u' ', 0, 0);
        if (word == u"pragma")
            return readPragma(line);
        if (word == u"define")
            return readDefine(token);
        if (word == u"include" || word == u"ifndef" || word == u"endif" || word == u"undef" || word == u"error")
            return true;
        return fail(token, tr("“#%1” is not understood: leave the fields that count, without it.").arg(word));
    }

    bool readPragma(const QString &line)
    {
        QString pack = line.section(u' ', 1);
        pack.remove(u' ');
        if (!pack.startsWith(u"pack("))
            return true;
        const QString what = pack.sliced(5).section(u')', 0, 0);
        if (what.startsWith(u"push"))
            m_outerAligned.push_back(m_isAligned);
        if (what == u"pop") {
            if (!m_outerAligned.empty()) {
                m_isAligned = m_outerAligned.back();
                m_outerAligned.pop_back();
            }
        } else if (what != u"push") {
            // Other numbers than 1 only tell apart what is seldom sent.
            m_isAligned = what.section(u',', -1) != u"1";
        }
        return true;
    }

    bool readDefine(const Token &token)
    {
        // Reads the rest of the line by itself; a macro that is no number is not needed until it is asked for.
        const QStringView line = token.text;
        const std::vector<Token> words = structTokens(line.sliced(1));
        if (words.size() < 4 || words[1].kind != Token::Kind::Name ||
            (words[2].is(u"(") && words[2].offset == words[1].end()))
            return true;
        std::vector<Token> outer = std::exchange(m_tokens, {words.begin() + 2, words.end()});
        const size_t at = std::exchange(m_at, 0);
        const auto fault = std::exchange(m_fault, std::nullopt);
        StructExpression expression;
        const bool isRead = readExpression(expression) && peek().kind == Token::Kind::End && expression.isConstant();
        m_tokens = std::move(outer);
        m_at = at;
        m_fault = fault;
        if (isRead)
            m_constants[words[1].text.toString()] = {constantOf(expression), false};
        return true;
    }

    bool readConstant()
    {
        while (peek().isName(u"const") || peek().isName(u"static") || peek().isName(u"constexpr"))
            take();
        // Its type says nothing that its value does not.
        if (!peek(1).is(u"=")) {
            StructType type;
            if (!readType(type))
                return false;
        }
        QString name;
        const Token &named = peek();
        StructNumber value;
        if (!expectName(name, tr("the name of a constant")) || !expect(u"=") || !readConstantNumber(value))
            return false;
        if (m_constants.contains(name))
            return fail(named, tr("There is a constant “%1” already.").arg(name));
        m_constants[name] = {value, false};
        return expect(u";");
    }

    bool readAssertion()
    {
        take();
        const Token &begin = peek();
        StructNumber value;
        if (!expect(u"(") || !readConstantNumber(value))
            return false;
        if (value.isZero())
            return failAt(begin.offset, m_tokens[m_at - 1].end() - begin.offset, tr("This does not hold."));
        if (takeIf(u",") && take().kind != Token::Kind::Text)
            return fail(m_tokens[m_at - 1], tr("Here stands a text in quotation marks."));
        return expect(u")") && expect(u";");
    }

    bool readRoot()
    {
        take();
        takeIfName(u"struct");
        const Token &named = peek();
        QString name;
        if (!expectName(name, tr("the name of a struct")))
            return false;
        const auto found = m_types.find(name);
        if (found == m_types.end() || !found->second.layout)
            return fail(named, tr("There is no struct “%1” before this.").arg(name));
        m_root = found->second.layout;
        m_repeats = takeIf(u"[");
        return (!m_repeats || expect(u"]")) && expect(u";");
    }

    bool readTypedef()
    {
        take();
        StructType type;
        const bool isStruct = peek().isName(u"struct");
        // Known in advance by its name only.
        if (isStruct && peek(1).kind == Token::Kind::Name && peek(2).kind == Token::Kind::Name && peek(3).is(u";") &&
            !m_types.contains(peek(1).text.toString())) {
            m_at += 4;
            return true;
        }
        // What it says of a type that is known has been believed already: "typedef unsigned long uint32_t;".
        size_t end = 0;
        while (peek(end).kind == Token::Kind::Name)
            ++end;
        if (end > 1 && peek(end).is(u";") && structTypeNamed(peek(end - 1).text)) {
            m_at += end + 1;
            return true;
        }
        if (!readType(type))
            return false;
        if (peek().is(u"*"))
            return failPointer();
        const Token &named = peek();
        QString name;
        if (!expectName(name, tr("the name of a type")))
            return false;
        if (peek().is(u"["))
            return fail(peek(), tr("An array has no name of its own here: write the number at the field."));
        // A struct without a tag is called by what it is defined as.
        if (type.layout && type.layout->name.isEmpty())
            m_mutable.at(type.layout.get())->name = name;
        if (type.names && type.names->name.isEmpty()) {
            auto names = std::make_shared<StructEnum>(*type.names);
            names->name = name;
            type.names = names;
            m_enums[name] = names;
            m_enumConstants[name] = m_enumValues;
        }
        return addType(named, name, type) && expect(u";");
    }

    bool readUsing()
    {
        take();
        const Token &named = peek();
        QString name;
        StructType type;
        return expectName(name, tr("the name of a type")) && expect(u"=") && readType(type) &&
               addType(named, name, type) && expect(u";");
    }

    bool addType(const Token &named, const QString &name, const StructType &type)
    {
        const auto found = m_types.find(name);
        const bool isSame = found != m_types.end() && found->second.layout == type.layout &&
                            found->second.names == type.names && found->second.kind == type.kind;
        if (isSame)
            return true;
        if (found != m_types.end() || (structTypeNamed(name) && (type.layout || type.names)))
            return fail(named, tr("There is a type “%1” already.").arg(name));
        m_types[name] = type;
        return true;
    }

    // Enums

    /// Whether a brace opens what is named here: "struct {", "struct Name {".
    [[nodiscard]] bool isBody(size_t ahead) const
    {
        for (size_t at = ahead; at < ahead + 12; ++at) {
            if (peek(at).is(u"{"))
                return true;
            const bool isOfHead =
                peek(at).kind == Token::Kind::Name || peek(at).is(u"(") || peek(at).is(u")") || peek(at).is(u":");
            if (!isOfHead)
                return false;
        }
        return false;
    }

    bool readEnum(StructType &type)
    {
        take();
        if (peek().isName(u"class") || peek().isName(u"struct"))
            take();
        auto names = std::make_shared<StructEnum>();
        bool isPacked = false;
        if (!readAttribute(isPacked))
            return false;
        const Token &named = peek();
        if (named.kind == Token::Kind::Name && !expectName(names->name, tr("the name of an enum")))
            return false;
        type = StructType{StructType::Kind::Signed, 4};
        bool hasType = false;
        if (takeIf(u":")) {
            hasType = true;
            if (!readType(type))
                return false;
            if (!type.isInteger() || type.names)
                return fail(m_tokens[m_at - 1], tr("The values of an enum are integers: u8, say."));
        }
        if (!expect(u"{") || !readEnumerators(*names) || !readAttribute(isPacked))
            return false;
        if (isPacked && !hasType)
            type = smallestTypeOf(*names);
        type.names = names;
        if (names->name.isEmpty())
            return true;
        if (m_enums.contains(names->name))
            return fail(named, tr("There is an enum “%1” already.").arg(names->name));
        m_enums[names->name] = names;
        return addType(named, names->name, type);
    }

    static StructType smallestTypeOf(const StructEnum &names)
    {
        const StructNumber least = names.names.begin()->first;
        const StructNumber most = names.names.rbegin()->first;
        for (qsizetype size = 1; size < 8; size *= 2) {
            const StructNumber end = StructNumber::fromUnsigned(quint64{1} << (8 * size));
            if (!least.isNegative() && most < end)
                return StructType{StructType::Kind::Unsigned, size};
            const StructNumber half = StructNumber::fromUnsigned(quint64{1} << (8 * size - 1));
            if (least >= half.negated() && most < half)
                return StructType{StructType::Kind::Signed, size};
        }
        return StructType{least.isNegative() ? StructType::Kind::Signed : StructType::Kind::Unsigned, 8};
    }

    bool readEnumerators(StructEnum &names)
    {
        StructNumber value;
        std::map<QString, StructNumber> own;
        while (!peek().is(u"}")) {
            const Token &named = peek();
            QString name;
            if (!expectName(name, tr("the name of a value")))
                return false;
            if (takeIf(u"=") && !readConstantNumber(value))
                return false;
            if (own.contains(name))
                return fail(named, tr("There is a value “%1” already.").arg(name));
            own[name] = value;
            names.names.try_emplace(value, name);
            const auto [known, isNew] = m_constants.try_emplace(name, StructConstant{value, false});
            if (!isNew && known->second.value != value)
                known->second.isAmbiguous = true;
            const auto next = value.plus(StructNumber::fromUnsigned(1));
            value = next.value_or(StructNumber());
            if (!takeIf(u",") && !peek().is(u"}"))
                return fail(peek(), tr("Here stands “,” or “}”, not %1.").arg(seen()));
        }
        if (names.names.empty())
            return fail(peek(), tr("This enum has no values."));
        m_enumValues = own;
        if (!names.name.isEmpty())
            m_enumConstants[names.name] = std::move(own);
        return expect(u"}");
    }

    /// __attribute__((packed)), if it stands here.
    bool readAttribute(bool &isPacked)
    {
        while (true) {
            if (takeIfName(u"__packed")) {
                isPacked = true;
                continue;
            }
            if (!peek().isName(u"__attribute__") && !peek().isName(u"alignas"))
                return true;
            if (peek().isName(u"alignas"))
                return fail(peek(), tr("“alignas” is not understood: write “align” or “pad” between the fields."));
            take();
            if (!expect(u"("))
                return false;
            for (int depth = 1; depth > 0;) {
                const Token &token = take();
                if (token.kind == Token::Kind::End || token.kind == Token::Kind::Invalid)
                    return fail(token, tr("Here stands “)”, not %1.").arg(seen()));
                depth += token.is(u"(") ? 1 : token.is(u")") ? -1 : 0;
                isPacked = isPacked || token.isName(u"packed") || token.isName(u"__packed__");
            }
        }
    }

    // Structs

    bool readStruct()
    {
        // "struct Name;" says that there will be one.
        if (peek(1).kind == Token::Kind::Name && peek(2).is(u";")) {
            m_at += 3;
            return true;
        }
        StructType type;
        if (!readStructType(type, nullptr))
            return false;
        return expectEnd();
    }

    /// "struct Name { ... }", in `outer` or by itself.
    bool readStructType(StructType &type, StructBody *outer)
    {
        const Nesting nesting(*this);
        const Token &keyword = take();
        if (!isNotTooDeep())
            return false;
        StructBody body;
        body.layout = std::make_shared<StructLayout>();
        body.owner = outer ? outer->owner : body.layout;
        body.layout->isWithin = outer != nullptr;
        body.layout->firstSlot = outer ? slotsOf(*outer) : 0;
        bool isPacked = false;
        if (!readAttribute(isPacked))
            return false;
        const Token named = peek();
        if (named.kind == Token::Kind::Name && !expectName(body.layout->name, tr("the name of a struct")))
            return false;
        if (outer)
            body.prefix = outer->prefix + m_within + u'.';
        if (!readAttribute(isPacked) || !expect(u"{"))
            return false;
        m_bodies.push_back(&body);
        const bool isRead = readStatements();
        m_bodies.pop_back();
        if (!isRead || !expect(u"}") || !readAttribute(isPacked))
            return false;
        StructLayout &layout = *body.layout;
        if (layout.fields.empty())
            return fail(keyword, tr("This struct has no fields."));
        layout.isAligned = m_isAligned && !isPacked;
        layout.alignment = 1;
        if (layout.isAligned) {
            for (const StructField &field : layout.fields)
                layout.alignment = std::max(layout.alignment, field.alignment);
        }
        layout.slotCount = slotsOf(body) - layout.firstSlot;
        layout.size = fixedSizeOf(layout);
        type = StructType{StructType::Kind::Struct, 0};
        type.layout = body.layout;
        m_symbols[&layout] = std::make_shared<const StructSymbols>(std::move(body.symbols));
        m_mutable[&layout] = body.layout;
        if (outer)
            return true;
        m_last = body.layout;
        return layout.name.isEmpty() || addType(named, layout.name, type);
    }

    static qsizetype slotsOf(const StructBody &body) { return static_cast<qsizetype>(body.owner->slotNames.size()); }
    [[nodiscard]] StructBody &body() { return *m_bodies.back(); }

    /// Up to the brace that closes them.
    bool readStatements()
    {
        while (!peek().is(u"}")) {
            if (peek().kind == Token::Kind::End)
                return fail(peek(), tr("Here stands “}”, not %1.").arg(seen()));
            if (!readStatement())
                return false;
        }
        return true;
    }

    bool readStatement()
    {
        const Nesting nesting(*this);
        if (!isNotTooDeep())
            return false;
        const Token &token = peek();
        if (takeIf(u";"))
            return true;
        if (token.kind == Token::Kind::Directive)
            return readDirective();
        if (token.isName(u"if"))
            return readIf();
        if (token.isName(u"switch"))
            return readSwitch();
        if (token.isName(u"union"))
            return failUnion();
        if (token.isName(u"align") || token.isName(u"pad"))
            return readRoom();
        if (token.isName(u"static_assert") || token.isName(u"_Static_assert"))
            return readAssertion();
        if (token.isName(u"struct") && peek(1).is(u"{") && isWithoutName())
            return readNameless();
        return readFields();
    }

    bool readRoom()
    {
        body().bitField = -1;
        const bool isAlign = take().text == u"align";
        const Token &begin = peek();
        StructStep step;
        if (!readExpression(step.expression))
            return false;
        step.code = isAlign ? StructStep::Code::Align : StructStep::Code::Pad;
        const StructNumber least = StructNumber::fromUnsigned(isAlign ? 1 : 0);
        if (step.expression.isConstant() && constantOf(step.expression) < least)
            return fail(begin, isAlign ? tr("What is aligned stands at a multiple of 1 or more.")
                                       : tr("Padding has no negative number of bytes."));
        body().layout->steps.push_back(step);
        return expect(u";");
    }

    /// Whether the braces that open next are followed by no name.
    [[nodiscard]] bool isWithoutName() const
    {
        size_t at = m_at + 1;
        for (int depth = 0; at < m_tokens.size(); ++at) {
            depth += m_tokens[at].is(u"{") ? 1 : m_tokens[at].is(u"}") ? -1 : 0;
            if (depth == 0)
                break;
        }
        return at + 1 < m_tokens.size() && m_tokens[at + 1].is(u";");
    }

    /// "struct { ... };", whose fields are those of the struct around it.
    bool readNameless()
    {
        m_at += 2;
        body().bitField = -1;
        StructLayout &layout = *body().layout;
        const size_t step = layout.steps.size();
        const size_t field = layout.fields.size();
        layout.steps.push_back({StructStep::Code::AlignField, 1});
        if (!readStatements())
            return false;
        body().bitField = -1;
        qsizetype alignment = 1;
        for (size_t n = field; n < layout.fields.size(); ++n)
            alignment = std::max(alignment, layout.fields[n].alignment);
        layout.steps[step].index = alignment;
        layout.steps.push_back({StructStep::Code::AlignField, alignment});
        return expect(u"}") && expect(u";");
    }

    /// A statement, or several in braces, that are there under a condition.
    bool readBlock()
    {
        body().blocks.push_back(++m_blocks);
        body().bitField = -1;
        const bool isRead = takeIf(u"{") ? readStatements() && expect(u"}") : readStatement();
        body().bitField = -1;
        body().blocks.pop_back();
        return isRead;
    }

    [[nodiscard]] std::vector<StructStep> &steps() { return body().layout->steps; }
    [[nodiscard]] qsizetype stepCount() { return static_cast<qsizetype>(steps().size()); }
    void setTarget(qsizetype step) { steps()[static_cast<size_t>(step)].index = stepCount(); }

    /// As long as it is followed by "else if", without recursion.
    bool readIf()
    {
        std::vector<qsizetype> toEnd;
        while (true) {
            take();
            StructStep step{StructStep::Code::JumpIfZero};
            if (!expect(u"(") || !readExpression(step.expression) || !expect(u")"))
                return false;
            const qsizetype jump = stepCount();
            steps().push_back(step);
            if (!readBlock())
                return false;
            if (!takeIfName(u"else")) {
                setTarget(jump);
                break;
            }
            toEnd.push_back(stepCount());
            steps().push_back({StructStep::Code::Jump});
            setTarget(jump);
            if (peek().isName(u"if"))
                continue;
            if (!readBlock())
                return false;
            break;
        }
        for (const qsizetype jump : toEnd)
            setTarget(jump);
        return true;
    }

    bool readSwitch()
    {
        take();
        StructStep store{StructStep::Code::Store};
        if (!expect(u"(") || !readExpression(store.expression) || !expect(u")") || !expect(u"{"))
            return false;
        qsizetype slot = 0;
        if (!addSlot(QStringLiteral("switch"), slot))
            return false;
        store.index = slot;
        steps().push_back(store);
        std::vector<qsizetype> toEnd;
        bool hasDefault = false;
        while (!takeIf(u"}")) {
            if (hasDefault)
                return fail(peek(), tr("“default” is the last case."));
            qsizetype jump = -1;
            hasDefault = peek().isName(u"default");
            if (hasDefault) {
                take();
                if (!expect(u":"))
                    return false;
            } else {
                StructStep step{StructStep::Code::JumpIfZero};
                if (!readCases(step.expression, slot))
                    return false;
                jump = stepCount();
                steps().push_back(step);
            }
            if (!readCaseBody())
                return false;
            toEnd.push_back(stepCount());
            steps().push_back({StructStep::Code::Jump});
            if (jump >= 0)
                setTarget(jump);
        }
        for (const qsizetype jump : toEnd)
            setTarget(jump);
        return true;
    }

    /// "case 1: case 2:", as a condition.
    bool readCases(StructExpression &condition, qsizetype slot)
    {
        if (!peek().isName(u"case"))
            return fail(peek(), tr("Here stands “case”, “default” or “}”, not %1.").arg(seen()));
        while (takeIfName(u"case")) {
            StructNumber value;
            const bool isFirst = condition.isEmpty();
            if (!readConstantNumber(value) || !expect(u":"))
                return false;
            condition.add(ExpressionCode::Slot, slot);
            condition.add(ExpressionCode::Constant, 0, value);
            condition.add(ExpressionCode::Equal);
            if (!isFirst)
                condition.add(ExpressionCode::BitOr);
        }
        return true;
    }

    /// Up to the next case. One never goes on in the next.
    bool readCaseBody()
    {
        body().blocks.push_back(++m_blocks);
        body().bitField = -1;
        while (!peek().isName(u"case") && !peek().isName(u"default") && !peek().is(u"}")) {
            if (takeIfName(u"break")) {
                if (!expect(u";"))
                    return false;
                if (!peek().isName(u"case") && !peek().isName(u"default") && !peek().is(u"}"))
                    return fail(peek(), tr("Here stands “case”, “default” or “}”, not %1.").arg(seen()));
                break;
            }
            // As C lets it stand there.
            if (takeIf(u"{")) {
                if (!readStatements() || !expect(u"}"))
                    return false;
                continue;
            }
            if (!readStatement())
                return false;
        }
        body().bitField = -1;
        body().blocks.pop_back();
        return true;
    }

    // Fields

    bool failPointer() { return fail(peek(), tr("A pointer says nothing outside of the memory that it points into.")); }

    bool readFields()
    {
        std::optional<ByteOrder> order;
        const Token ordered = peek();
        if (ordered.isName(u"little") || ordered.isName(u"big"))
            order = take().text == u"big" ? ByteOrder::Big : ByteOrder::Little;
        StructType type;
        m_within.clear();
        if (!readType(type))
            return false;
        if (order && type.layout)
            return fail(ordered, tr("The byte order is said at the fields of “%1”.").arg(type.layout->name));
        if (order)
            type.order = *order;
        else if (!type.hasOwnOrder)
            type.order = m_order;
        bool hasBraces = false;
        do {
            if (!readField(type, hasBraces))
                return false;
        } while (takeIf(u","));
        return (hasBraces && !peek().is(u";")) || expect(u";");
    }

    /// The name of the first field of a struct that is described in place, which stands behind it.
    [[nodiscard]] QString nameBehindBody() const
    {
        size_t at = m_at + 1;
        while (at < m_tokens.size() && !m_tokens[at].is(u"{"))
            ++at;
        for (int depth = 0; at < m_tokens.size(); ++at) {
            depth += m_tokens[at].is(u"{") ? 1 : m_tokens[at].is(u"}") ? -1 : 0;
            if (depth == 0)
                break;
        }
        const bool isName = at + 1 < m_tokens.size() && m_tokens[at + 1].kind == Token::Kind::Name;
        return isName ? m_tokens[at + 1].text.toString() : QString();
    }

    bool readType(StructType &type)
    {
        while (peek().isName(u"const") || peek().isName(u"volatile"))
            take();
        const Token &token = peek();
        if (token.isName(u"struct") || token.isName(u"enum")) {
            if (isBody(1))
                return token.text == u"enum" ? readEnum(type) : readStructInPlace(type);
            take();
        } else if (token.isName(u"union")) {
            return failUnion();
        } else if (token.kind == Token::Kind::Name && isCType()) {
            return readCType(type);
        }
        if (peek().kind != Token::Kind::Name)
            return fail(peek(), tr("Here stands a type, not %1.").arg(seen()));
        const auto found = m_types.find(peek().text.toString());
        const auto builtIn = found == m_types.end() ? structTypeNamed(peek().text) : std::nullopt;
        if (found == m_types.end() && !builtIn)
            return failType();
        take();
        type = builtIn ? *builtIn : found->second;
        return true;
    }

    bool readStructInPlace(StructType &type)
    {
        // One with a name of its own may stand in other places, too, as in C.
        if (m_bodies.empty() || peek(1).kind == Token::Kind::Name)
            return readStructType(type, nullptr);
        m_within = nameBehindBody();
        return readStructType(type, &body());
    }

    [[nodiscard]] bool isCType() const
    {
        return isWordOfCType(peek().text) && !m_types.contains(peek().text.toString());
    }

    bool readCType(StructType &type)
    {
        const Token &begin = peek();
        QStringList words;
        while (peek().kind == Token::Kind::Name &&
               (isWordOfCType(peek().text) || peek().text == u"char" || peek().text == u"double"))
            words += take().text.toString();
        QString fault;
        const auto found = structTypeOfWords(words, fault);
        if (!found)
            return failAt(begin.offset, m_tokens[m_at - 1].end() - begin.offset, fault);
        type = *found;
        return true;
    }

    bool failType()
    {
        const QString name = peek().text.toString();
        for (const StructBody *open : m_bodies) {
            if (open->layout->name == name)
                return fail(peek(), tr("“%1” cannot hold itself: it would have no end.").arg(name));
        }
        // Likely in a text that is typed from above.
        return fail(peek(), tr("There is no type “%1” before this.").arg(name));
    }

    bool addSlot(const QString &name, qsizetype &slot, qsizetype count = 1)
    {
        std::vector<QString> &names = body().owner->slotNames;
        slot = static_cast<qsizetype>(names.size());
        m_slotCount += count;
        const bool isTooWide = slot + count > MaxStructSlots;
        if (isTooWide || m_slotCount > MaxStructSlotsInAll)
            return fail(peek(), tr("There are too many fields in all: %1 are the most.")
                                    .arg(isTooWide ? MaxStructSlots : MaxStructSlotsInAll));
        for (qsizetype n = 0; n < count; ++n)
            names.push_back(body().prefix + name);
        return true;
    }

    bool readField(StructType type, bool &hasBraces)
    {
        if (peek().is(u"*"))
            return failPointer();
        // "u8 : 3;"
        if (peek().is(u":"))
            return readCBits(type, {});
        const Token named = peek();
        StructField field;
        field.type = std::move(type);
        if (!expectName(field.name, tr("the name of a field"), true))
            return false;
        if (peek().is(u":"))
            return readCBits(field.type, named);
        body().bitField = -1;
        if (!readCounts(field) || !readBits(field, hasBraces))
            return false;
        if (!readFieldWords(field))
            return false;
        return checkConstant(field) && addField(std::move(field), named);
    }

    bool readCounts(StructField &field)
    {
        while (takeIf(u"[")) {
            StructExpression count;
            const Token &begin = peek();
            if (!peek().is(u"]") && !readExpression(count))
                return false;
            if (!count.isEmpty() && count.isConstant() && constantOf(count).isNegative())
                return fail(begin, tr("An array has no negative number of elements."));
            if (count.isEmpty() && !field.counts.empty())
                return fail(begin, tr("Only the first dimension goes on to the end."));
            field.counts.push_back(std::move(count));
            constexpr size_t MaxDimensions = 8;
            if (field.counts.size() > MaxDimensions)
                return fail(begin, tr("An array has too many dimensions: %1 are the most.").arg(MaxDimensions));
            if (!expect(u"]"))
                return false;
        }
        return true;
    }

    // Bits

    /// "{ ack: 1, level: 4 }" behind the field.
    bool readBits(StructField &field, bool &hasBraces)
    {
        const Token &begin = peek();
        if (peek().isName(u"msb") || peek().isName(u"lsb")) {
            field.isHighBitFirst = take().text == u"msb";
            if (!peek().is(u"{"))
                return fail(peek(), tr("Here stands “{” and the names of bits, not %1.").arg(seen()));
        }
        if (!peek().is(u"{"))
            return true;
        if ((field.type.kind != StructType::Kind::Unsigned && field.type.kind != StructType::Kind::Signed) ||
            field.type.names || !field.counts.empty())
            return fail(begin, tr("Only an integer such as u8 or u16 has bits with names."));
        take();
        field.type.kind = StructType::Kind::Unsigned;
        hasBraces = true;
        int used = 0;
        while (!takeIf(u"}")) {
            StructBits bits;
            if (!readBit(bits) || !readWidth(bits, used, field.type))
                return false;
            const Token &behind = peek();
            if (takeIf(u"=") && !readExpression(bits.constant.emplace()))
                return false;
            if (bits.constant && bits.name.isEmpty())
                return fail(behind, tr("Bits without a name are not looked at."));
            used += bits.width;
            field.bits.push_back(std::move(bits));
            if (!takeIf(u",") && !takeIf(u";") && !peek().is(u"}"))
                return fail(peek(), tr("Here stands “,” or “}”, not %1.").arg(seen()));
        }
        return !field.bits.empty() || fail(begin, tr("There are no bits in these braces."));
    }

    /// Its name, or none, and what its values are called: "Mode mode".
    bool readBit(StructBits &bits)
    {
        if (peek().is(u":"))
            return true;
        if (peek().kind == Token::Kind::Name && peek(1).kind == Token::Kind::Name) {
            StructType type;
            if (!readType(type))
                return false;
            if (!type.isInteger() && type.kind != StructType::Kind::Boolean)
                return fail(m_tokens[m_at - 1], tr("Bits are an integer, or a value of an enum."));
            bits.names = type.names;
        }
        return expectName(bits.name, tr("the name of a bit"), true);
    }

    bool readWidth(StructBits &bits, int used, const StructType &type)
    {
        if (!expect(u":"))
            return false;
        const Token &begin = peek();
        StructNumber width;
        if (!readConstantNumber(width))
            return false;
        const auto room = 8 * type.size - used;
        if (room == 0)
            return fail(begin, tr("All %1 bits are told already.").arg(8 * type.size));
        if (width < StructNumber::fromSigned(1) || width > StructNumber::fromSigned(room))
            return fail(begin, tr("There is room for 1 to %1 bits here.").arg(room));
        bits.width = static_cast<int>(*width.toUnsigned());
        return true;
    }

    /// C's "u8 ack : 1;", next to which others of the same type stand in the same byte.
    bool readCBits(const StructType &type, const std::optional<Token> &named)
    {
        take();
        if ((type.kind != StructType::Kind::Unsigned && type.kind != StructType::Kind::Signed &&
             type.kind != StructType::Kind::Boolean))
            return fail(m_tokens[m_at - 1], tr("Only an integer such as u8 or u16 has bits with names."));
        const Token &begin = peek();
        StructNumber width;
        if (!readConstantNumber(width))
            return false;
        const StructNumber most = StructNumber::fromSigned(8 * type.size);
        if (width.isNegative() || width > most || (width.isZero() && named))
            return fail(begin, tr("There is room for 1 to %1 bits here.").arg(8 * type.size));
        StructBits bits;
        bits.width = static_cast<int>(*width.toUnsigned());
        bits.names = type.names;
        if (bits.width == 0) {
            body().bitField = -1;
            return true;
        }
        if (named)
            bits.name = named->text.toString();
        if (takeIf(u"=") && !readExpression(bits.constant.emplace()))
            return false;
        if (!hasRoomForBits(type, bits.width) && !beginCBits(type, begin))
            return false;
        StructField &field = body().layout->fields[static_cast<size_t>(body().bitField)];
        if (named && (!addSlot(bits.name, bits.slot) || !addSymbol(*named, {bits.slot})))
            return false;
        // addSymbol() may have found a slot of that name.
        if (named)
            bits.slot = body().symbols.at(bits.name).slot;
        field.bits.push_back(std::move(bits));
        return true;
    }

    [[nodiscard]] bool hasRoomForBits(const StructType &type, int width)
    {
        if (body().bitField < 0)
            return false;
        const StructField &field = body().layout->fields[static_cast<size_t>(body().bitField)];
        qsizetype used = 0;
        for (const StructBits &bits : field.bits)
            used += bits.width;
        return field.type.size == type.size && field.type.order == type.order && used + width <= 8 * type.size;
    }

    bool beginCBits(const StructType &type, const Token &at)
    {
        StructField field;
        field.name = QStringLiteral("bits");
        field.type = StructType{StructType::Kind::Unsigned, type.size, type.order};
        // As compilers do it for machines of that order.
        field.isHighBitFirst = type.order == ByteOrder::Big;
        field.alignment = alignmentOf(field.type);
        body().bitField = static_cast<qsizetype>(body().layout->fields.size());
        return appendField(std::move(field), at);
    }

    // What stands behind a field

    bool readFieldWords(StructField &field)
    {
        while (true) {
            const Token word = peek();
            if (takeIf(u"=")) {
                if (!readMustBe(field))
                    return false;
                continue;
            }
            // Behind a brace the next field may begin.
            if (word.kind != Token::Kind::Name || (!field.bits.empty() && beginsField(word)))
                return true;
            bool isPacked = false;
            if (word.text == u"__attribute__") {
                if (!readAttribute(isPacked))
                    return false;
                continue;
            }
            take();
            if (!readFieldWord(field, word))
                return false;
        }
    }

    [[nodiscard]] bool beginsField(const Token &word) const
    {
        return isStructKeyword(word.text) || isWordOfCType(word.text) || structTypeNamed(word.text) ||
               m_types.contains(word.text.toString());
    }

    bool readFieldWord(StructField &field, const Token &word)
    {
        struct Time
        {
            QStringView word;
            StructTime time;
        };
        constexpr std::array times{Time{u"unix", StructTime::InSeconds}, Time{u"unix_ms", StructTime::InMilliseconds},
                                   Time{u"unix_us", StructTime::InMicroseconds},
                                   Time{u"unix_ns", StructTime::InNanoseconds},
                                   Time{u"filetime", StructTime::FileTime}};
        const auto time = std::ranges::find(times, word.text, &Time::word);
        if (time != times.end()) {
            field.time = time->time;
            return isNumeric(field) || fail(word, tr("Only a number is a time."));
        }
        if (word.text == u"scale" || word.text == u"offset")
            return isNumeric(field) ? readScale(field, word.text == u"offset")
                                    : fail(word, tr("Only a number has a scale and an offset."));
        if (word.text == u"unit") {
            if (!isNumeric(field))
                return fail(word, tr("Only a number has a unit."));
            if (peek().kind != Token::Kind::Text)
                return fail(peek(), tr("Here stands a unit in quotation marks, “\"°C\"”, not %1.").arg(seen()));
            field.unit = QString::fromUtf8(take().bytes);
            return true;
        }
        if (word.text == u"hex") {
            field.isHex = true;
            return field.type.isInteger() || fail(word, tr("Only an integer is shown in hex."));
        }
        if (word.text == u"as")
            return readAs(field);
        if (word.text == u"size") {
            const bool isOpen = field.counts.size() == 1 && field.counts.front().isEmpty();
            if (!isOpen && (!field.type.layout || !field.counts.empty()))
                return fail(word, tr("A size in bytes is said of a struct, or of an array that goes on to the end."));
            return readExpression(field.size.emplace());
        }
        if (beginsField(word))
            return fail(word, tr("Here stands “;”, not “%1”.").arg(word.text));
        return fail(
            word,
            tr("“%1” says nothing about a field: unit, scale, offset, unix, hex, as and size do.").arg(word.text));
    }

    static bool isNumeric(const StructField &field) { return field.type.isInteger() || field.type.isFloat(); }

    bool readScale(StructField &field, bool isOffset)
    {
        const bool isNegative = takeIf(u"-");
        StructDecimal first;
        if (!readDecimal(first))
            return false;
        const double sign = isNegative ? -1 : 1;
        StructScale scale = field.scale.value_or(StructScale());
        if (isOffset) {
            scale.added = sign * first.factor / first.divisor;
            scale.decimals = scale.decimals < 0 || first.decimals < 0 ? -1 : std::max(scale.decimals, first.decimals);
        } else {
            scale.factor = sign * first.factor;
            scale.divisor = first.divisor;
            scale.decimals = scale.decimals < 0 || first.decimals < 0 ? -1 : std::max(scale.decimals, first.decimals);
            // 1/16 has as many as it takes.
            if (takeIf(u"/")) {
                const Token &begin = peek();
                StructDecimal second;
                if (!readDecimal(second))
                    return false;
                if (second.factor == 0)
                    return fail(begin, tr("There is a division by zero."));
                scale.factor *= second.divisor;
                scale.divisor *= second.factor;
                scale.decimals = -1;
            }
        }
        field.scale = scale;
        return true;
    }

    bool readDecimal(StructDecimal &decimal)
    {
        if (peek().kind == Token::Kind::Number)
            decimal = {take().number.toDouble(), 1, 0};
        else if (peek().kind == Token::Kind::Decimal)
            decimal = structDecimal(take().text);
        else
            return fail(peek(), tr("Here stands a number such as 0.5, not %1.").arg(seen()));
        return true;
    }

    /// "as json", "as Kind", "as auto".
    bool readAs(StructField &field)
    {
        const Token begin = peek();
        QString name;
        if (begin.kind == Token::Kind::Text) {
            name = QString::fromUtf8(take().bytes);
        } else if (begin.kind == Token::Kind::Name) {
            name = take().text.toString();
            // "graphql-ws"
            while (peek().is(u"-") && peek().offset == m_tokens[m_at - 1].end() && peek(1).offset == peek().end()) {
                take();
                name += u'-' + take().text.toString();
            }
        } else {
            return fail(begin, tr("Here stands the name of a format or of an enum, not %1.").arg(seen()));
        }
        const qsizetype length = m_tokens[m_at - 1].end() - begin.offset;
        if (const auto found = m_enums.find(name); found != m_enums.end()) {
            field.type.names = found->second;
            return field.type.isInteger() || failAt(begin.offset, length, tr("Only an integer is a value of an enum."));
        }
        const bool isOfBytes = field.type.isText() || (isBytes(field.type) && field.counts.size() == 1);
        field.isMessage = true;
        field.format = name == u"auto" || !m_formatNamed ? nullptr : m_formatNamed(name);
        if (!field.format && name != u"auto")
            return failAt(begin.offset, length, tr("There is no format and no enum “%1”.").arg(name));
        return isOfBytes || failAt(begin.offset, length,
                                   tr("Only an array of bytes, or a string, holds a message: u8 name[length]."));
    }

    static bool isBytes(const StructType &type)
    {
        return (type.kind == StructType::Kind::Unsigned || type.kind == StructType::Kind::Character) &&
               type.size == 1 && !type.names;
    }

    bool readMustBe(StructField &field)
    {
        if (peek().kind == Token::Kind::Text) {
            const Token &text = take();
            const bool isOneArray = isBytes(field.type) && field.counts.size() == 1;
            if (!isOneArray)
                return fail(text, tr("Only an array of bytes or characters must be a text."));
            field.constantBytes = text.bytes;
            StructExpression &count = field.counts.front();
            if (count.isEmpty())
                count.add(ExpressionCode::Constant, 0, StructNumber::fromSigned(text.bytes.size()));
            if (count.isConstant() && constantOf(count) < StructNumber::fromSigned(text.bytes.size()))
                return fail(text, tr("This is longer than the array."));
            return true;
        }
        if (!field.type.isNumber() || !field.counts.empty())
            return fail(peek(), tr("Only a whole number must be one."));
        // Who writes it in hex reads it so.
        field.isHex = field.isHex || (field.type.isInteger() && !field.type.names && field.bits.empty() &&
                                      peek().text.startsWith(u"0x", Qt::CaseInsensitive));
        return readExpression(field.constant.emplace());
    }

    /// A constant that the field's type has no room for is a slip.
    bool checkConstant(const StructField &field)
    {
        const bool isFixed =
            field.type.kind == StructType::Kind::Unsigned || field.type.kind == StructType::Kind::Signed;
        if (!field.constant || !isFixed || !field.constant->isConstant())
            return true;
        const StructNumber value = constantOf(*field.constant);
        const auto bits = static_cast<int>(8 * field.type.size);
        const bool isSigned = field.type.kind == StructType::Kind::Signed;
        const StructNumber end =
            StructNumber::fromUnsigned(std::numeric_limits<quint64>::max() >> (64 - bits + (isSigned ? 1 : 0)));
        const StructNumber least = isSigned ? *end.complement() : StructNumber();
        return (value >= least && value <= end) ||
               fail(m_tokens[m_at - 1],
                    tr("%1 does not fit into the %2 bits of “%3”.").arg(value.toString()).arg(bits).arg(field.name));
    }

    static qsizetype alignmentOf(const StructType &type)
    {
        if (type.layout)
            return type.layout->alignment;
        const bool isOfC = type.size == 2 || type.size == 4 || type.size == 8;
        return isOfC && type.kind != StructType::Kind::Special && !type.isText() ? type.size : 1;
    }

    bool addField(StructField field, const Token &named)
    {
        field.alignment = alignmentOf(field.type);
        StructSymbol symbol;
        symbol.isArray = !field.counts.empty();
        if (field.type.layout) {
            const int depth = field.type.layout->depth + 1;
            if (depth > MaxStructNesting)
                return failDepth(named);
            body().layout->depth = std::max(body().layout->depth, depth);
            symbol.members = m_symbols.at(field.type.layout.get());
            if (!field.type.layout->isWithin) {
                if (!addStructSlots(field))
                    return false;
                symbol.base = field.slot;
            }
        } else if (!symbol.isArray && field.type.isNumber()) {
            if (!addSlot(field.name, symbol.slot))
                return false;
        }
        if (!field.bits.empty()) {
            auto members = std::make_shared<StructSymbols>();
            for (StructBits &bits : field.bits) {
                if (bits.name.isEmpty())
                    continue;
                if (!addSlot(field.name + u'.' + bits.name, bits.slot))
                    return false;
                if (!members->try_emplace(bits.name, StructSymbol{bits.slot}).second)
                    return fail(named, tr("Two of its bits are called “%1”.").arg(bits.name));
            }
            symbol.members = members;
        }
        if (!addSymbol(named, symbol))
            return false;
        // What another branch calls so has the same number.
        if (!field.type.layout)
            field.slot = body().symbols.at(field.name).slot;
        return appendField(std::move(field), named);
    }

    /// For the fields of a struct that is described elsewhere.
    bool addStructSlots(StructField &field)
    {
        const StructLayout &layout = *field.type.layout;
        const qsizetype count = layout.slotCount;
        if (!addSlot(field.name, field.slot, count))
            return false;
        for (qsizetype n = 0; n < count; ++n)
            body().owner->slotNames[static_cast<size_t>(field.slot + n)] +=
                u'.' + layout.slotNames[static_cast<size_t>(n)];
        return true;
    }

    bool addSymbol(const Token &named, StructSymbol symbol)
    {
        const QString name = named.text.toString();
        symbol.block = body().blocks.back();
        const auto found = body().symbols.find(name);
        if (found == body().symbols.end()) {
            body().symbols.emplace(name, std::move(symbol));
            return true;
        }
        if (std::ranges::find(body().blocks, found->second.block) != body().blocks.end())
            return fail(named, tr("There is a field “%1” already.").arg(name));
        if (found->second.slot >= 0 && symbol.slot >= 0)
            symbol.slot = found->second.slot;
        found->second = std::move(symbol);
        return true;
    }

    bool appendField(StructField field, const Token &at)
    {
        if (++m_fieldCount > MaxStructFields)
            return fail(at, tr("There are too many fields: %1 are the most.").arg(MaxStructFields));
        StructLayout &layout = *body().layout;
        layout.steps.push_back({StructStep::Code::Field, static_cast<qsizetype>(layout.fields.size())});
        layout.fields.push_back(std::move(field));
        return true;
    }

    // Expressions

    /// The value of one that is constant.
    [[nodiscard]] static StructNumber constantOf(const StructExpression &expression)
    {
        static const StructSlots none;
        static const std::vector<QString> noNames;
        QString fault;
        return expression.evaluate({none, 0, 0, 0, noNames}, fault).value_or(StructNumber());
    }

    bool readConstantNumber(StructNumber &value)
    {
        const Token &begin = peek();
        StructExpression expression;
        if (!readExpression(expression))
            return false;
        if (!expression.isConstant())
            return failAt(begin.offset, m_tokens[m_at - 1].end() - begin.offset,
                          tr("Here stands a number that does not depend on fields."));
        value = constantOf(expression);
        return true;
    }

    bool readExpression(StructExpression &expression)
    {
        const Token &begin = peek();
        StructExpression read;
        if (!readChoice(read))
            return false;
        if (!read.isConstant()) {
            expression = std::move(read);
            return true;
        }
        static const StructSlots none;
        static const std::vector<QString> noNames;
        QString fault;
        const auto value = read.evaluate({none, 0, 0, 0, noNames}, fault);
        if (!value)
            return failAt(begin.offset, m_tokens[m_at - 1].end() - begin.offset,
                          tr("This cannot be calculated: %1.").arg(fault));
        expression = {};
        expression.add(ExpressionCode::Constant, 0, *value);
        return true;
    }

    /// "a ? b : c", or what stands in such.
    bool readChoice(StructExpression &expression)
    {
        const Nesting nesting(*this);
        if (!isNotTooDeep() || !readBinary(expression, 1))
            return false;
        if (!takeIf(u"?"))
            return true;
        const qsizetype toOther = expression.size();
        expression.add(ExpressionCode::JumpIfZero);
        if (!readChoice(expression) || !expect(u":"))
            return false;
        const qsizetype toEnd = expression.size();
        expression.add(ExpressionCode::Jump);
        expression.setTarget(toOther, expression.size());
        if (!readChoice(expression))
            return false;
        expression.setTarget(toEnd, expression.size());
        return true;
    }

    [[nodiscard]] const StructOperator *operatorHere() const
    {
        if (peek().kind != Token::Kind::Sign)
            return nullptr;
        const auto found = std::ranges::find(structOperators, peek().text, &StructOperator::sign);
        return found == structOperators.end() ? nullptr : &*found;
    }

    /// Those that bind at least so strongly; recursion goes once through the strengths at most.
    bool readBinary(StructExpression &expression, int precedence)
    {
        if (!readUnary(expression))
            return false;
        while (const StructOperator *found = operatorHere()) {
            if (found->precedence < precedence)
                break;
            take();
            const qsizetype step = expression.size();
            const bool isLogic =
                found->code == ExpressionCode::JumpOnFalse || found->code == ExpressionCode::JumpOnTrue;
            if (isLogic)
                expression.add(found->code);
            if (!readBinary(expression, found->precedence + 1))
                return false;
            expression.add(isLogic ? ExpressionCode::IsTrue : found->code);
            if (isLogic)
                expression.setTarget(step, expression.size());
        }
        return true;
    }

    bool readUnary(StructExpression &expression)
    {
        std::vector<ExpressionCode> signs;
        while (peek().is(u"-") || peek().is(u"+") || peek().is(u"!") || peek().is(u"~")) {
            const QStringView sign = take().text;
            if (sign != u"+")
                signs.push_back(sign == u"-"   ? ExpressionCode::Negate
                                : sign == u"!" ? ExpressionCode::Not
                                               : ExpressionCode::Complement);
        }
        if (!readPrimary(expression))
            return false;
        for (auto sign = signs.rbegin(); sign != signs.rend(); ++sign)
            expression.add(*sign);
        return true;
    }

    bool readPrimary(StructExpression &expression)
    {
        if (peek().kind == Token::Kind::Number) {
            expression.add(ExpressionCode::Constant, 0, take().number);
            return true;
        }
        if (takeIf(u"("))
            return readChoice(expression) && expect(u")");
        if (peek().isName(u"sizeof"))
            return readSizeOf(expression);
        if (peek().isName(u"true") || peek().isName(u"false")) {
            expression.add(ExpressionCode::Constant, 0, StructNumber::fromUnsigned(take().text == u"true" ? 1 : 0));
            return true;
        }
        if (peek().kind == Token::Kind::Name)
            return readReference(expression);
        if (peek().kind == Token::Kind::Decimal)
            return fail(peek(), tr("Here stands a whole number, not %1.").arg(seen()));
        return fail(peek(), tr("Here stands a number or the name of a field, not %1.").arg(seen()));
    }

    bool readSizeOf(StructExpression &expression)
    {
        take();
        StructType type;
        if (!expect(u"("))
            return false;
        const Token &begin = peek();
        if (!readType(type))
            return false;
        const auto size = type.layout                       ? type.layout->size
                          : type.size > 0 && !type.isText() ? std::optional(static_cast<quint64>(type.size))
                                                            : std::nullopt;
        if (!size)
            return fail(begin, tr("“%1” has no size that is always the same.").arg(begin.text));
        expression.add(ExpressionCode::Constant, 0, StructNumber::fromUnsigned(*size));
        return expect(u")");
    }

    /// A field, what stands in one, or a constant.
    bool readReference(StructExpression &expression)
    {
        const Token &first = take();
        const QString name = first.text.toString();
        const StructSymbol *symbol = nullptr;
        for (auto open = m_bodies.rbegin(); open != m_bodies.rend() && !symbol; ++open) {
            const auto found = (*open)->symbols.find(name);
            if (found != (*open)->symbols.end())
                symbol = &found->second;
            // What is described elsewhere does not see what is around it here.
            if ((*open)->layout == (*open)->owner)
                break;
        }
        if (symbol)
            return readField(expression, *symbol, first);
        if (peek().is(u"::") || peek().is(u"."))
            return readScopedConstant(expression, first);
        if (const auto constant = m_constants.find(name); constant != m_constants.end()) {
            if (constant->second.isAmbiguous)
                return fail(first, tr("Several enums have a value “%1”: write “Name::%1”.").arg(name));
            expression.add(ExpressionCode::Constant, 0, constant->second.value);
            return true;
        }
        if (name == u"remaining" || name == u"position") {
            if (m_bodies.empty())
                return fail(first, tr("“%1” is known where a struct is read only.").arg(name));
            expression.add(name == u"remaining" ? ExpressionCode::Remaining : ExpressionCode::Position);
            return true;
        }
        return fail(first, tr("“%1” is not known: a field stands before what asks for it.").arg(name));
    }

    bool readScopedConstant(StructExpression &expression, const Token &first)
    {
        const auto scope = m_enumConstants.find(first.text.toString());
        if (scope == m_enumConstants.end() || first.text.isEmpty())
            return fail(first, tr("“%1” is not known: a field stands before what asks for it.").arg(first.text));
        take();
        const Token &second = take();
        const auto value = scope->second.find(second.text.toString());
        if (second.kind != Token::Kind::Name || value == scope->second.end())
            return fail(second, tr("“%1” has no value of this name.").arg(first.text));
        expression.add(ExpressionCode::Constant, 0, value->second);
        return true;
    }

    bool readField(StructExpression &expression, StructSymbol symbol, const Token &first)
    {
        qsizetype base = 0;
        const Token *last = &first;
        while (peek().is(u".") || peek().is(u"[")) {
            if (symbol.isArray || peek().is(u"["))
                return fail(*last, tr("“%1” is an array, of which no element can be asked for.").arg(last->text));
            take();
            const Token &member = take();
            if (!symbol.members)
                return fail(*last, tr("“%1” has no fields.").arg(last->text));
            const auto found = symbol.members->find(member.text.toString());
            if (member.kind != Token::Kind::Name || found == symbol.members->end())
                return fail(member, tr("“%1” has no field “%2”.").arg(last->text, member.text));
            base += symbol.base;
            // Copied first: it may be the last that holds the table.
            const StructSymbol next = found->second;
            symbol = next;
            last = &member;
        }
        if (symbol.isArray)
            return fail(*last, tr("“%1” is an array: nothing can be calculated with it.").arg(last->text));
        if (symbol.slot < 0)
            return fail(*last, tr("“%1” is no whole number: nothing can be calculated with it.").arg(last->text));
        expression.add(ExpressionCode::Slot, base + symbol.slot);
        return true;
    }

    QStringView m_text;
    const std::function<const Decoder *(QStringView)> &m_formatNamed;
    std::vector<Token> m_tokens;
    size_t m_at = 0;
    std::optional<StructFault> m_fault;
    int m_depth = 0;
    ByteOrder m_order = ByteOrder::Little;
    bool m_isAligned = false;
    /// What #pragma pack(push) put aside.
    std::vector<bool> m_outerAligned;
    std::map<QString, StructType> m_types;
    std::map<QString, std::shared_ptr<const StructEnum>> m_enums;
    std::map<QString, std::map<QString, StructNumber>> m_enumConstants;
    std::map<QString, StructConstant> m_constants;
    std::map<const StructLayout *, std::shared_ptr<const StructSymbols>> m_symbols;
    std::map<const StructLayout *, std::shared_ptr<StructLayout>> m_mutable;
    /// Those that are being read, the innermost last.
    std::vector<StructBody *> m_bodies;
    /// The field that a struct described in place is the type of.
    QString m_within;
    /// Of the enum that was read last.
    std::map<QString, StructNumber> m_enumValues;
    qsizetype m_slotCount = 0;
    int m_blocks = 0;
    qsizetype m_fieldCount = 0;
    std::shared_ptr<const StructLayout> m_last;
    std::shared_ptr<const StructLayout> m_root;
    bool m_repeats = false;
};

} // namespace

bool isStructKeyword(QStringView word)
{
    return std::ranges::find(structKeywords, word) != structKeywords.end();
}

ParsedStruct parseStruct(QStringView text, const std::function<const Decoder *(QStringView)> &formatNamed)
{
    return StructReaderOfText(text, formatNamed).parse();
}

} // namespace sockeye
