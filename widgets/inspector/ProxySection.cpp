#include "widgets/inspector/ProxySection.h"

#include "base/Units.h"
#include "explain/HandshakeLines.h"
#include "widgets/inspector/HeadSection.h"
#include "wire/ChunkedBody.h"

#include <QVBoxLayout>

namespace sockeye {

ProxySection::ProxySection(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    hide();
}

void ProxySection::setSteps(const QList<ProxyStep> &steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype i = 0; i < steps.size(); ++i)
        addStep(steps[i], steps.size() == 1 ? QString() : tr(" (%1 of %2)").arg(i + 1).arg(steps.size()));
    setVisible(!steps.isEmpty());
}

void ProxySection::addStep(const ProxyStep &step, const QString &number)
{
    addBytes(tr("Request to the proxy %1, as sent%2").arg(step.proxy, number), step.request);
    addBytes(tr("Reply of the proxy, as received%1").arg(number), step.reply);
    addBytes(tr("Body of the proxy's reply, %1%2").arg(sizeText(step.body.size()), number),
             bodyContent(recordedHead(step.reply), step.body));
}

void ProxySection::addBytes(const QString &title, const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    auto *section = new HeadSection(title, this);
    section->setBytes(bytes);
    m_layout->addWidget(section);
}

} // namespace sockeye
