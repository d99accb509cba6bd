#include "encodings/JsonTexts.h"

#include "base/Bytes.h"
#include "decode/JsonNodes.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace sockeye {

void addJsonMessages(NodeBuilder &builder, const QByteArray &payload, const std::function<QString(JsonView)> &read)
{
    const qint32 first = builder.tree().size();
    // What is wrong is told by the builder.
    static_cast<void>(addJsonTexts(builder, payload));
    QString line;
    qsizetype messages = 0;
    for (JsonView root(builder.tree(), first); root.exists() && builder.goOn(0); root = root.next()) {
        const QString summary = read(root);
        if (messages++ == 0)
            line = cutSummary(summary);
    }
    if (messages > 1) {
        line += u' ' +
                QCoreApplication::translate("sockeye::JsonTexts", "+ %n more", nullptr, static_cast<int>(messages - 1));
    }
    builder.setSummary(line);
}

bool addJsonWithTexts(NodeBuilder &builder, const QByteArray &payload, qsizetype begin, qsizetype end,
                      const CarriesText &carries, QStringList *summaries)
{
    // Where nobody reads all the members, what they say is of no use.
    constexpr size_t MaxMembers = 100'000;
    constexpr qsizetype MaxSummary = 120;
    const QByteArrayView bytes = QByteArrayView(payload).sliced(begin, end - begin);
    const JsonShape shape(bytes, {bytes.size(), MaxMembers});
    if (!shape.isWhole() || !isJsonContainer(bytes.toByteArray()))
        return addJsonOrFail(builder, payload, begin, end);
    const qsizetype first = bytes.indexOf(shape.isObject() ? '{' : '[');
    if (!builder.open(shape.isObject() ? Node::Kind::Object : Node::Kind::Array, begin + first))
        return false;
    builder.markJson();
    for (const JsonShape::Member &member : shape.members()) {
        if (!builder.goOn(begin + member.begin))
            return false;
        if (shape.isObject())
            builder.jsonName(begin + member.nameBegin, begin + member.nameEnd);
        if (!member.isString() || !carries(member)) {
            if (!addJsonOrFail(builder, payload, begin + member.begin, begin + member.end))
                return false;
            continue;
        }
        if (!builder.open(Node::Kind::String, begin + member.begin))
            return false;
        builder.markJson();
        const QByteArray text = jsonStringText(member.value);
        QString summary = builder.addInnerSource(QStringLiteral("JSON string"), text, true);
        builder.close(begin + member.end);
        if (summaries) {
            const QByteArray beginning = text.left(MaxSummary * 4);
            if (summary.isEmpty())
                summary = textFromUtf8(QByteArrayView(beginning).chopped(unfinishedBytes(beginning)));
            summaries->append(cutSummary(summary.simplified(), MaxSummary));
        }
    }
    builder.close(begin + first + QByteArrayView(bytes).sliced(first).trimmed().size());
    return true;
}

} // namespace sockeye
