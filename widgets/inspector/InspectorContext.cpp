#include "widgets/inspector/InspectorContext.h"

#include "reading/CaptureLoader.h"

namespace sockeye {

InspectorContext::InspectorContext(QObject *parent)
    : QObject(parent)
{
}

InspectorContext::~InspectorContext() = default;

CaptureLoader *InspectorContext::loader() const
{
    return m_loader;
}

void InspectorContext::setLoader(CaptureLoader *loader)
{
    m_loader = loader;
}

void InspectorContext::setFilterMarks(const MatchMarks &marks)
{
    if (m_filterMarks == marks)
        return;
    m_filterMarks = marks;
    Q_EMIT filterMarksChanged();
}

void InspectorContext::setLenientOffered(bool offered)
{
    if (m_lenientOffered == offered)
        return;
    m_lenientOffered = offered;
    Q_EMIT lenientOfferedChanged(offered);
}

void InspectorContext::setPayload(const QByteArray &payload)
{
    m_payload = payload;
    Q_EMIT payloadShown(payload);
}

} // namespace sockeye
