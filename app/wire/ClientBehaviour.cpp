#include "wire/ClientBehaviour.h"

namespace sockeye {

QString clientBehaviour(QStringView rule)
{
    Q_UNUSED(rule)
    return {};
}

QString withClientBehaviour(const QString &text, QStringView rule)
{
    const QString behaviour = clientBehaviour(rule);
    return behaviour.isEmpty() ? text : text + u' ' + behaviour;
}

} // namespace sockeye
