#include "secrets/SecretSamples.h"

#include <QFile>

namespace sockeye::test {

QList<SecretSample> secretSamples()
{
    QFile file(QStringLiteral(SECRET_NAMES_FILE));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", SECRET_NAMES_FILE);
    QList<SecretSample> samples;
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QByteArrayList columns = line.split('\t');
        if (line.startsWith('#') || line.isEmpty())
            continue;
        if (columns.size() != 3 || !columns[2].contains("https://"))
            qFatal("%s is no row of three columns with a source", line.constData());
        samples.append({columns[0], columns[1], "hidden-" + QByteArray::number(samples.size()) + "-value"});
    }
    return samples;
}

QList<SecretSample> secretSamples(QByteArrayView where)
{
    QList<SecretSample> samples = secretSamples();
    samples.removeIf([where](const SecretSample &sample) { return sample.where != where; });
    return samples;
}

QByteArray asForm(const QList<SecretSample> &samples)
{
    QByteArrayList items;
    for (const SecretSample &sample : samples)
        items += sample.name + '=' + sample.value;
    return items.join('&');
}

QByteArray asJson(const QList<SecretSample> &samples)
{
    QByteArrayList members;
    for (const SecretSample &sample : samples)
        members += '"' + sample.name + "\":\"" + sample.value + '"';
    return '{' + members.join(',') + '}';
}

QList<QByteArray> shownIn(const QByteArray &text)
{
    QList<QByteArray> shown;
    for (const SecretSample &sample : secretSamples()) {
        if (text.contains(sample.value))
            shown += sample.where + ' ' + sample.name;
    }
    return shown;
}

} // namespace sockeye::test
