#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace sockeye::conformance {

/// The head of an HTTP message as the cases need it: its start line, and values by name in lower case.
class HeadLines final
{
public:
    explicit HeadLines(const QByteArray &head);

    [[nodiscard]] const QByteArray &startLine() const { return m_startLine; }
    [[nodiscard]] bool has(const QByteArray &name) const;
    /// All values under the name, as one list.
    [[nodiscard]] QByteArray value(const QByteArray &name) const;
    /// The elements of that list.
    [[nodiscard]] QList<QByteArray> elements(const QByteArray &name) const;
    /// Whether the token is one of them, in whatever case.
    [[nodiscard]] bool lists(const QByteArray &name, const QByteArray &token) const;

private:
    QByteArray m_startLine;
    QList<std::pair<QByteArray, QByteArray>> m_fields;
};

/// An element of Sec-WebSocket-Extensions (RFC 6455 section 9.1).
struct Extension
{
    QByteArray name;
    /// With their values; empty for none.
    QHash<QByteArray, QByteArray> parameters;
    bool hasRepeatedParameter = false;

    [[nodiscard]] bool has(const QByteArray &parameter) const { return parameters.contains(parameter); }
    /// The value as a number; none if it is not one.
    [[nodiscard]] std::optional<int> number(const QByteArray &parameter) const;
};

[[nodiscard]] QList<Extension> extensionsOf(const HeadLines &head);

} // namespace sockeye::conformance
