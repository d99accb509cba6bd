#include "endpoint/MemberReader.h"

#include <QCoreApplication>

#include <cmath>

namespace sockeye {

namespace {
struct MemberReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(ProfileText)
};

QString typeName(QJsonValue::Type type)
{
    switch (type) {
    case QJsonValue::Bool:
        return MemberReaderWords::tr("true or false");
    case QJsonValue::Double:
        return MemberReaderWords::tr("a number");
    case QJsonValue::Array:
        return MemberReaderWords::tr("a list");
    case QJsonValue::Object:
        return MemberReaderWords::tr("an object");
    default:
        return MemberReaderWords::tr("a text");
    }
}
} // namespace

MemberReader::MemberReader(QJsonObject object, QString path)
    : m_object(std::move(object))
    , m_path(std::move(path))
{
}

QString MemberReader::text(const QString &name, const QString &fallback)
{
    return take(name, QJsonValue::String).toString(fallback);
}

bool MemberReader::boolean(const QString &name, bool fallback)
{
    return take(name, QJsonValue::Bool).toBool(fallback);
}

double MemberReader::number(const QString &name, double fallback, double lowest, double highest)
{
    const double value = take(name, QJsonValue::Double).toDouble(fallback);
    if (value >= lowest && value <= highest)
        return value;
    failAt(name, MemberReaderWords::tr("a number from %1 to %2").arg(lowest).arg(highest));
    return fallback;
}

qint64 MemberReader::integer(const QString &name, qint64 fallback, qint64 lowest, qint64 highest)
{
    const double value = take(name, QJsonValue::Double).toDouble(static_cast<double>(fallback));
    // Up to 2^53 a double holds every whole number.
    if (value >= static_cast<double>(lowest) && value <= static_cast<double>(highest) && std::trunc(value) == value)
        return static_cast<qint64>(value);
    failAt(name, MemberReaderWords::tr("a whole number from %1 to %2").arg(lowest).arg(highest));
    return fallback;
}

std::chrono::milliseconds MemberReader::milliseconds(const QString &name, std::chrono::milliseconds fallback,
                                                     qint64 lowest, qint64 highest)
{
    const double value = take(name, QJsonValue::Double).toDouble(static_cast<double>(fallback.count()));
    if (value >= static_cast<double>(lowest) && value <= static_cast<double>(highest))
        return std::chrono::milliseconds(static_cast<qint64>(value));
    failAt(name, MemberReaderWords::tr("a number of milliseconds from %1 to %2").arg(lowest).arg(highest));
    return fallback;
}

QJsonArray MemberReader::list(const QString &name)
{
    return take(name, QJsonValue::Array).toArray();
}

QStringList MemberReader::texts(const QString &name)
{
    QStringList texts;
    const QJsonArray values = list(name);
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!values[i].isString()) {
            failAt(QStringLiteral("%1[%2]").arg(name).arg(i), typeName(QJsonValue::String));
            return {};
        }
        texts += values[i].toString();
    }
    return texts;
}

MemberReader MemberReader::object(const QString &name)
{
    return MemberReader(take(name, QJsonValue::Object).toObject(), m_path + name + u'.');
}

int MemberReader::choice(const QString &name, int fallback, const QStringList &names)
{
    if (!has(name)) {
        take(name, QJsonValue::String);
        return fallback;
    }
    const auto index = names.indexOf(text(name));
    if (index >= 0)
        return static_cast<int>(index);
    failAt(name, MemberReaderWords::tr("one of “%1”").arg(names.join(QStringLiteral("”, “"))));
    return fallback;
}

void MemberReader::fail(const QString &message)
{
    if (m_error.isEmpty())
        m_error = message;
}

void MemberReader::failAt(const QString &name, const QString &wanted)
{
    fail(MemberReaderWords::tr("“%1” must be %2").arg(m_path + name, wanted));
}

QJsonValue MemberReader::take(const QString &name, QJsonValue::Type type)
{
    const QJsonValue value = m_object.take(name);
    if (value.isUndefined() || value.isNull() || value.type() == type)
        return value;
    failAt(name, typeName(type));
    return {};
}

} // namespace sockeye
