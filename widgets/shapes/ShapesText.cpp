#include "widgets/shapes/ShapesText.h"

#include "widgets/shapes/ShapesModel.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct ShapesTextWords
{
    Q_DECLARE_TR_FUNCTIONS(ShapesText)
};

QStringList shapeTitles()
{
    using W = ShapesTextWords;
    return {W::tr("shape"),      W::tr("direction"),  W::tr("format"),    W::tr("count"),   W::tr("share %"),
            W::tr("per second"), W::tr("bytes"),      W::tr("smallest"),  W::tr("largest"), W::tr("first entry"),
            W::tr("last entry"), W::tr("first time"), W::tr("last time"), W::tr("keys")};
}

QStringList shapeCells(const ShapesModel &model, const ShapesModel::Row &row)
{
    const ShapeSums &sums = row.sums;
    const double share = 100.0 * double(sums.count) / double(std::max<qint64>(model.sums().count, 1));
    return {model.name(row),
            ShapesModel::directionText(row.shape->direction),
            row.shape->formatName,
            QString::number(sums.count),
            QString::number(share, 'f', 2),
            QString::number(model.rate(sums), 'f', 2),
            QString::number(sums.bytes),
            QString::number(sums.smallest),
            QString::number(sums.largest),
            QString::number(sums.first.value()),
            QString::number(sums.last.value()),
            QString::fromLatin1(toIsoUtc(sums.firstTime)),
            QString::fromLatin1(toIsoUtc(sums.lastTime)),
            row.keySets > 1 ? ShapesTextWords::tr("%n sets of keys", nullptr, row.keySets) : row.shape->keys};
}

QString shapeMarkdown(QString cell)
{
    static const QRegularExpression signs(u"([\\\\`*_{}\\[\\]<>()#+!|~&-])"_s);
    static const QRegularExpression breaks(u"\r\n|\n|\r"_s);
    return cell.replace(signs, u"\\\\1"_s).replace(breaks, u" "_s);
}

QString shapeTabbed(QString cell)
{
    static const QRegularExpression separators(u"[\t\r\n]+"_s);
    return cell.replace(separators, u" "_s);
}

} // namespace

QString shapesText(const ShapesModel &model, const QModelIndexList &rows, ShapesTextFormat format)
{
    const bool isMarkdown = format == ShapesTextFormat::Markdown;
    QString text;
    const auto addLine = [&](QStringList cells) {
        for (QString &cell : cells)
            cell = isMarkdown ? shapeMarkdown(cell) : shapeTabbed(cell);
        text += isMarkdown ? u"| "_s + cells.join(u" | "_s) + u" |\n"_s : cells.join(u'\t') + u'\n';
    };
    addLine(shapeTitles());
    if (isMarkdown)
        text += u"|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|---|\n"_s;
    for (const QModelIndex &row : rows)
        addLine(shapeCells(model, model.row(row)));
    return text;
}

} // namespace sockeye
