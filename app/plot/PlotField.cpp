#include "plot/PlotField.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

struct PlotFieldWords
{
    Q_DECLARE_TR_FUNCTIONS(PlotField)
};

struct PlotFieldInfo
{
    PlotField::Kind kind;
    QStringView id;
    PlotUnit unit;
    QString (*name)();
};

constexpr QStringView FieldPrefix = u"field:";

/// All but fields of messages.
constexpr std::array<PlotFieldInfo, 5> KnownFields = {{
    {PlotField::Kind::Size, u"size", PlotUnit::Bytes, [] { return PlotFieldWords::tr("Size"); }},
    {PlotField::Kind::WireSize, u"wire-size", PlotUnit::Bytes, [] { return PlotFieldWords::tr("Size on the wire"); }},
    {PlotField::Kind::Rate, u"rate", PlotUnit::PerSecond, [] { return PlotFieldWords::tr("Messages per second"); }},
    {PlotField::Kind::Latency, u"latency", PlotUnit::Seconds, [] { return PlotFieldWords::tr("Latency of pongs"); }},
    {PlotField::Kind::Delta, u"delta", PlotUnit::Seconds,
     [] { return PlotFieldWords::tr("Time since the message before"); }},
}};

const PlotFieldInfo *infoOf(PlotField::Kind kind)
{
    const auto *found =
        std::find_if(KnownFields.begin(), KnownFields.end(), [kind](const auto &info) { return info.kind == kind; });
    return found == KnownFields.end() ? nullptr : found;
}

} // namespace

Result<PlotField> PlotField::ofPath(const QString &path)
{
    const QString trimmed = path.trimmed();
    if (const Result<FieldPath> parsed = FieldPath::parse(trimmed); !parsed)
        return parsed.error();
    return PlotField{Kind::Field, trimmed};
}

std::optional<PlotField> PlotField::fromId(QStringView id)
{
    for (const PlotFieldInfo &info : KnownFields) {
        if (info.id == id)
            return PlotField{info.kind};
    }
    if (!id.startsWith(FieldPrefix))
        return std::nullopt;
    const Result<PlotField> field = ofPath(id.sliced(FieldPrefix.size()).toString());
    return field ? std::optional(field.value()) : std::nullopt;
}

QString PlotField::id() const
{
    const PlotFieldInfo *info = infoOf(kind);
    return info ? info->id.toString() : FieldPrefix.toString() + path;
}

QString PlotField::name() const
{
    const PlotFieldInfo *info = infoOf(kind);
    return info ? info->name() : path;
}

PlotUnit PlotField::unit() const
{
    const PlotFieldInfo *info = infoOf(kind);
    return info ? info->unit : PlotUnit::None;
}

} // namespace sockeye
