#pragma once

#include <QByteArray>
#include <QList>

namespace sockeye::test {

/// A name under which a real API takes or hands out a secret; names.tsv has them with their sources.
struct SecretSample
{
    /// "header", "query", "cookie", "form" or "json".
    QByteArray where;
    QByteArray name;
    /// No other sample's, and none that looks like a secret by itself.
    QByteArray value;
};

[[nodiscard]] QList<SecretSample> secretSamples();
[[nodiscard]] QList<SecretSample> secretSamples(QByteArrayView where);
/// The samples as items of a query or form, as members of a JSON object.
[[nodiscard]] QByteArray asForm(const QList<SecretSample> &samples);
[[nodiscard]] QByteArray asJson(const QList<SecretSample> &samples);
/// "where name" of those whose value stands in the text.
[[nodiscard]] QList<QByteArray> shownIn(const QByteArray &text);

} // namespace sockeye::test
