#include "search/JsonStrings.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sockeye {

QByteArrayList jsonStrings(QByteArrayView array)
{
    QByteArrayList strings;
    // It refuses what is nested more than 1,024 levels deep.
    const QJsonArray elements = QJsonDocument::fromJson(array.toByteArray()).array();
    for (const QJsonValue &element : elements) {
        if (element.isString())
            strings += element.toString().toUtf8();
    }
    return strings;
}

} // namespace sockeye
