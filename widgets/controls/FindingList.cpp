#include "widgets/controls/FindingList.h"

#include "base/Units.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/style/Theme.h"

#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return FindingList::tr("Error");
    case Severity::Warning:
        return FindingList::tr("Warning");
    case Severity::Note:
        break;
    }
    return FindingList::tr("Note");
}

const char *severityRole(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Note:
        break;
    }
    return "dim";
}

QString lineText(const Finding &finding)
{
    QStringList source;
    if (!finding.section.isEmpty())
        source += finding.section;
    // Most sentences name the place themselves.
    if (finding.offset >= 0 && !finding.text.contains(QString::number(finding.offset)))
        source += FindingList::tr("at byte %1").arg(countText(finding.offset));
    const QString text = QStringLiteral("%1: %2").arg(severityWord(finding.severity), finding.text);
    return source.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, source.join(QStringLiteral(", ")));
}

} // namespace

FindingList::FindingList(QWidget *parent)
    : QFrame(parent)
    , m_layout(new QVBoxLayout(this))
{
    setProperty("strip", QStringLiteral("plain"));
    setAccessibleName(tr("Findings"));
    m_layout->setContentsMargins(theme::Gap + 2, 6, theme::Gap, 6);
    m_layout->setSpacing(2);
    hide();
}

void FindingList::setFindings(const Findings &findings)
{
    if (findings == m_findings)
        return;
    m_findings = findings;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    Findings sorted = findings;
    std::ranges::stable_sort(sorted, std::ranges::greater{}, &Finding::severity);
    for (const Finding &finding : sorted.first(std::min<qsizetype>(sorted.size(), MaxShown)))
        addLine(lineText(finding), severityRole(finding.severity));
    if (findings.size() > MaxShown)
        addLine(tr("… and %1 more").arg(findings.size() - MaxShown), "dim");
    setVisible(!findings.isEmpty());
}

void FindingList::addLine(const QString &text, const char *role)
{
    auto *label = new WrappedLabel(text, this);
    label->setProperty(role, true);
    m_layout->addWidget(label);
}

} // namespace sockeye
