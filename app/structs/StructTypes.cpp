#include "structs/StructTypes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

struct NamedStructType
{
    QStringView name;
    StructType::Kind kind;
    qsizetype size;
};

using TypeKind = StructType::Kind;

constexpr std::array namedStructTypes{
    NamedStructType{u"f16", TypeKind::Float, 2},
    NamedStructType{u"bf16", TypeKind::BrainFloat, 2},
    NamedStructType{u"f32", TypeKind::Float, 4},
    NamedStructType{u"float", TypeKind::Float, 4},
    NamedStructType{u"f64", TypeKind::Float, 8},
    NamedStructType{u"double", TypeKind::Float, 8},
    NamedStructType{u"bool", TypeKind::Boolean, 1},
    NamedStructType{u"_Bool", TypeKind::Boolean, 1},
    NamedStructType{u"char", TypeKind::Character, 1},
    NamedStructType{u"char8_t", TypeKind::Character, 1},
    NamedStructType{u"char16", TypeKind::Character16, 2},
    NamedStructType{u"char16_t", TypeKind::Character16, 2},
    NamedStructType{u"byte", TypeKind::Unsigned, 1},
    NamedStructType{u"BYTE", TypeKind::Unsigned, 1},
    NamedStructType{u"WORD", TypeKind::Unsigned, 2},
    NamedStructType{u"DWORD", TypeKind::Unsigned, 4},
    NamedStructType{u"QWORD", TypeKind::Unsigned, 8},
    NamedStructType{u"varint", TypeKind::Varint, 0},
    NamedStructType{u"uleb128", TypeKind::Varint, 0},
    NamedStructType{u"leb128", TypeKind::SignedVarint, 0},
    NamedStructType{u"sleb128", TypeKind::SignedVarint, 0},
    NamedStructType{u"zigzag", TypeKind::ZigZag, 0},
    NamedStructType{u"string", TypeKind::CString, 0},
    NamedStructType{u"cstring", TypeKind::CString, 0},
    NamedStructType{u"pstring8", TypeKind::PString, 1},
    NamedStructType{u"pstring16", TypeKind::PString, 2},
    NamedStructType{u"pstring32", TypeKind::PString, 4},
};

struct SpecialStructType
{
    QStringView name;
    QStringView value;
    qsizetype size;
    std::optional<ByteOrder> order;
};

/// What byteValues() knows.
constexpr std::array specialStructTypes{
    SpecialStructType{u"ipv4", u"IPv4", 4, {}},
    SpecialStructType{u"ipv6", u"IPv6", 16, {}},
    SpecialStructType{u"mac", u"MAC", 6, {}},
    SpecialStructType{u"uuid", u"GUID", 16, ByteOrder::Big},
    SpecialStructType{u"guid", u"GUID", 16, ByteOrder::Little},
};

/// u8, i24, uint16_t, __le32 without what stands around the number.
std::optional<StructType> integerTypeNamed(QStringView name)
{
    struct Prefix
    {
        QStringView text;
        bool isSigned;
    };
    // Longer ones first.
    constexpr std::array prefixes{Prefix{u"quint", false}, Prefix{u"uint", false}, Prefix{u"qint", true},
                                  Prefix{u"int", true},    Prefix{u"u", false},    Prefix{u"i", true},
                                  Prefix{u"s", true}};
    for (const auto &[prefix, isSigned] : prefixes) {
        if (!name.startsWith(prefix))
            continue;
        QStringView bits = name.sliced(prefix.size());
        if (bits.endsWith(u"_t"))
            bits = bits.chopped(2);
        // Some call them by their bits, and none has a number of them that begins with 0.
        constexpr std::array<QStringView, 8> sizes{u"8", u"16", u"24", u"32", u"40", u"48", u"56", u"64"};
        const auto found = std::ranges::find(sizes, bits);
        if (found == sizes.end())
            continue;
        return StructType{isSigned ? TypeKind::Signed : TypeKind::Unsigned, found - sizes.begin() + 1};
    }
    return {};
}

std::optional<StructType> plainTypeNamed(QStringView name)
{
    const auto named = std::ranges::find(namedStructTypes, name, &NamedStructType::name);
    if (named != namedStructTypes.end())
        return StructType{named->kind, named->size};
    return integerTypeNamed(name);
}

} // namespace

std::optional<StructType> structTypeNamed(QStringView name)
{
    const auto special = std::ranges::find(specialStructTypes, name, &SpecialStructType::name);
    if (special != specialStructTypes.end()) {
        StructType type{TypeKind::Special, special->size};
        type.special = special->value.toString();
        type.order = special->order.value_or(ByteOrder::Big);
        type.hasOwnOrder = true;
        return type;
    }
    if (auto type = plainTypeNamed(name))
        return type;
    // The kernel's __le16, and u16le, f32_be.
    ByteOrder order = ByteOrder::Little;
    std::optional<StructType> type;
    if (name.startsWith(u"__le") || name.startsWith(u"__be")) {
        order = name.startsWith(u"__be") ? ByteOrder::Big : ByteOrder::Little;
        type = integerTypeNamed(QString(u'u' + name.sliced(4).toString()));
    } else if (name.endsWith(u"le") || name.endsWith(u"be")) {
        order = name.endsWith(u"be") ? ByteOrder::Big : ByteOrder::Little;
        const QStringView plain = name.chopped(2);
        type = plainTypeNamed(plain.endsWith(u'_') ? plain.chopped(1) : plain);
    }
    if (!type || type->size < 2)
        return {};
    type->order = order;
    type->hasOwnOrder = true;
    return type;
}

bool isWordOfCType(QStringView name)
{
    constexpr std::array<QStringView, 7> words{u"unsigned", u"signed", u"short",  u"long",
                                               u"int",      u"size_t", u"wchar_t"};
    return std::ranges::find(words, name) != words.end();
}

std::optional<StructType> structTypeOfWords(const QStringList &words, QString &fault)
{
    const auto has = [&words](QStringView word) { return words.count(word.toString()); };
    const bool isUnsigned = has(u"unsigned") > 0;
    const auto longs = has(u"long");
    const auto told = [&fault, &words](const QString &sentence) {
        fault = sentence.arg(words.join(u' '));
        return std::optional<StructType>();
    };
    const auto tr = [](const char *text) { return QCoreApplication::translate("sockeye::StructParser", text); };
    if (has(u"size_t") > 0 || has(u"wchar_t") > 0 || (longs == 1 && has(u"double") == 0))
        return told(tr("“%1” has a size that depends on the compiler: write u32 or u64, say."));
    if (longs > 2 || has(u"unsigned") + has(u"signed") > 1 || has(u"int") > 1 || has(u"char") > 1 ||
        has(u"short") > 1 || has(u"double") > 0 || (has(u"char") > 0 && words.size() > 2) ||
        (has(u"short") > 0 && longs > 0))
        return told(tr("“%1” is no type that is known: write u16 or f64, say."));
    const TypeKind kind = isUnsigned ? TypeKind::Unsigned : TypeKind::Signed;
    if (has(u"char") > 0)
        return StructType{words.size() == 1 ? TypeKind::Character : kind, 1};
    return StructType{kind, has(u"short") > 0 ? 2 : longs == 2 ? 8 : 4};
}

} // namespace sockeye
