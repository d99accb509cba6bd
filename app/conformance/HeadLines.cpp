#include "conformance/HeadLines.h"

#include <algorithm>

namespace sockeye::conformance {

namespace {
[[nodiscard]] QList<QByteArray> splitTrimmed(const QByteArray &text, char separator)
{
    QList<QByteArray> parts = text.split(separator);
    for (QByteArray &part : parts)
        part = part.trimmed();
    return parts;
}
} // namespace

HeadLines::HeadLines(const QByteArray &head)
{
    const QList<QByteArray> lines = splitTrimmed(head, '\n');
    m_startLine = lines.first();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines.at(i).indexOf(':');
        if (colon > 0)
            m_fields += std::pair{lines.at(i).first(colon).toLower(), lines.at(i).sliced(colon + 1).trimmed()};
    }
}

bool HeadLines::has(const QByteArray &name) const
{
    return std::any_of(m_fields.cbegin(), m_fields.cend(), [&name](const auto &field) { return field.first == name; });
}

QByteArray HeadLines::value(const QByteArray &name) const
{
    QByteArray all;
    for (const auto &[field, text] : m_fields) {
        if (field == name)
            all += all.isEmpty() ? text : ", " + text;
    }
    return all;
}

QList<QByteArray> HeadLines::elements(const QByteArray &name) const
{
    QList<QByteArray> all = splitTrimmed(value(name), ',');
    all.removeAll(QByteArray());
    return all;
}

bool HeadLines::lists(const QByteArray &name, const QByteArray &token) const
{
    const QList<QByteArray> all = elements(name);
    return std::any_of(all.cbegin(), all.cend(), [&token](const QByteArray &element) {
        return element.compare(token, Qt::CaseInsensitive) == 0;
    });
}

std::optional<int> Extension::number(const QByteArray &parameter) const
{
    bool isNumber = false;
    const int value = parameters.value(parameter).toInt(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

QList<Extension> extensionsOf(const HeadLines &head)
{
    QList<Extension> extensions;
    const QList<QByteArray> elements = head.elements("sec-websocket-extensions");
    for (const QByteArray &element : elements) {
        const QList<QByteArray> words = splitTrimmed(element, ';');
        Extension extension;
        extension.name = words.first();
        for (qsizetype i = 1; i < words.size(); ++i) {
            const QList<QByteArray> pair = splitTrimmed(words.at(i), '=');
            extension.hasRepeatedParameter = extension.hasRepeatedParameter || extension.has(pair.first());
            extension.parameters.insert(pair.first(), pair.value(1).replace('"', ""));
        }
        extensions += extension;
    }
    return extensions;
}

} // namespace sockeye::conformance
