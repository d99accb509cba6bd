#pragma once

#include "secrets/SecretNames.h"

#include <QByteArray>
#include <QString>

namespace sockeye {

/// Replaces secrets by "***" in all that Sockeye shows or writes about a connection: values with a name from the one
/// list (SecretNames), and values that look like a secret (isSecretValue()). Every other byte stays as it is, and what
/// was masked already stays so. Not for two threads at once.
class SecretMasker final
{
public:
    explicit SecretMasker(std::shared_ptr<const SecretNames> names = SecretNames::current());

    /// A request's or reply's head: values of secret headers, the request target, URLs in headers, subprotocols.
    [[nodiscard]] QByteArray head(const QByteArray &head);
    /// The value of a header, without white space around it.
    [[nodiscard]] QByteArray headerValue(const QByteArray &name, const QByteArray &value);
    /// A URL or a reference to one: user and password, query and fragment.
    [[nodiscard]] QByteArray url(const QByteArray &url);
    /// The items of a query or of a form.
    [[nodiscard]] QByteArray form(const QByteArray &form);
    /// A list of subprotocols with commas between them.
    [[nodiscard]] QByteArray subprotocols(const QByteArray &list);
    /// A body or a payload that is whole: as JSON, as a form, or as text, which it is by its own bytes.
    [[nodiscard]] QByteArray body(const QByteArray &body);
    /// A sentence or a close reason: URLs, "name=value", "name: value", and what looks like a secret.
    [[nodiscard]] QString text(const QString &text);

    /// Values masked so far.
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] const std::shared_ptr<const SecretNames> &names() const { return m_names; }

private:
    [[nodiscard]] QByteArray item(const QByteArray &item);
    [[nodiscard]] QByteArray fromQueryOn(const QByteArray &target);
    [[nodiscard]] QByteArray authority(const QByteArray &url, qsizetype start, qsizetype end);
    [[nodiscard]] QByteArray masked(const QByteArray &value);
    [[nodiscard]] bool holdsSecret(const QByteArray &value);
    [[nodiscard]] QString urlsIn(const QString &text);
    [[nodiscard]] QString pairsIn(const QString &text);

    std::shared_ptr<const SecretNames> m_names;
    qint64 m_count = 0;
    /// How deep a URL stands in the query of a URL.
    int m_depth = 0;
};

/// A head, URL, list of subprotocols, body or sentence masked once.
[[nodiscard]] QByteArray maskSecrets(const QByteArray &head);
[[nodiscard]] QString maskSecretsInUrl(const QString &url);
[[nodiscard]] QString maskSecretsInSubprotocols(const QString &list);
[[nodiscard]] QByteArray maskSecretsInBody(const QByteArray &body);
[[nodiscard]] QString maskSecretsInText(const QString &text);

} // namespace sockeye
