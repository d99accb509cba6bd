#pragma once

#include <QByteArrayView>
#include <QList>
#include <QStringList>

#include <memory>

namespace sockeye {

/// The one list of names under which secrets travel: of headers, query items, cookies, form fields and JSON members.
/// Immutable, so that threads may share it.
///
/// A pattern is held against the words of a name: "X-Auth-Key", "authKey" and "auth_key" all have the words "auth" and
/// "key". It matches a word, or up to four words that stand next to each other, written together; "*" stands for any
/// characters. So "code" matches "auth_code" but not "encode", "*sid" matches "PHPSESSID", and "apikey" matches
/// "API-Key". Upper and lower case do not matter, nor does a plural. A pattern with "!" in front is an exception: a
/// name that it matches as a whole is none of a secret.
class SecretNames final
{
public:
    /// What is taken for a pattern is told by normalized().
    explicit SecretNames(const QStringList &patterns);

    /// The patterns that the program comes with.
    [[nodiscard]] static QStringList defaults();
    /// The pattern as it is kept: in lower case, without what separates words; empty if nothing is left to match.
    [[nodiscard]] static QString normalized(const QString &pattern);

    /// The list in use; any thread.
    [[nodiscard]] static std::shared_ptr<const SecretNames> current();
    /// What masks from now on, everywhere in the program; what was masked before stays as it is. Any thread.
    static void setCurrent(const QStringList &patterns);

    [[nodiscard]] const QStringList &patterns() const { return m_patterns; }
    [[nodiscard]] bool isSecret(QByteArrayView name) const;

private:
    struct Pattern
    {
        /// Lower case. What stands between two "*".
        QList<QByteArray> parts;
    };
    [[nodiscard]] static Pattern compiled(const QString &normalized);
    [[nodiscard]] static bool matches(const Pattern &pattern, QByteArrayView text);
    [[nodiscard]] bool matchesOne(QByteArrayView text) const;

    QStringList m_patterns;
    QList<Pattern> m_secrets;
    QList<Pattern> m_exceptions;
};

} // namespace sockeye
