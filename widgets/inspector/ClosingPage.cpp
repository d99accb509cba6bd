#include "widgets/inspector/ClosingPage.h"

#include "explain/CloseForensics.h"
#include "widgets/controls/FactList.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/inspector/ConnectionDetails.h"
#include "widgets/style/Theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace sockeye {

ClosingPage::ClosingPage(InspectorContext &, QWidget *parent)
    : ScrolledPage(name(), parent)
    , m_verdict(new WrappedLabel(this))
    , m_text(new WrappedLabel(this))
    , m_facts(new FactList(this))
    , m_patternsTitle(new QLabel(tr("What repeats in this capture"), this))
    , m_patterns(new WrappedLabel(this))
{
    m_verdict->setProperty("title", true);
    m_verdict->setAccessibleName(tr("Who ended it"));
    m_text->setProperty("dim", true);
    m_patternsTitle->setProperty("heading", true);
    m_patterns->setAccessibleName(m_patternsTitle->text());
    sections()->addWidget(m_verdict);
    sections()->addWidget(m_text);
    sections()->addWidget(m_facts);
    sections()->addWidget(m_patternsTitle);
    sections()->addWidget(m_patterns);
    showPatterns({});
}

void ClosingPage::showConnection(const ConnectionDetails &details)
{
    const ConnectionRecord &record = details.record;
    showPatterns(details.closePatterns);
    if (!record.hasEnded()) {
        if (!record.endText.isEmpty()) {
            showPlaceholder(record.endText);
            return;
        }
        showPlaceholder(tr("The connection has not ended. Once it has, this page says who ended it and how."));
        return;
    }
    if (record != m_record) {
        m_record = record;
        const Severity severity = endSeverity(record.endKind, record.closeCode, record.end);
        const QString sign = severity == Severity::Error     ? QStringLiteral("✗ ")
                             : severity == Severity::Warning ? QStringLiteral("△ ")
                                                             : QString();
        m_verdict->setText(sign + whoEnded(record));
        setStyleRole(m_verdict, "error", severity == Severity::Error);
        setStyleRole(m_verdict, "warning", severity == Severity::Warning);
        m_text->showText(record.endText);
        m_text->setVisible(!record.endText.isEmpty());
        QList<FactList::Fact> facts;
        for (const CloseFact &fact : closeFacts(record))
            facts += FactList::Fact{fact.name, fact.text, fact.isTrouble ? "warning" : nullptr};
        m_facts->setFacts(facts);
    }
    showContent();
}

void ClosingPage::showPatterns(const QStringList &patterns)
{
    m_patterns->showText(patterns.join(u'\n'));
    m_patterns->setVisible(!patterns.isEmpty());
    m_patternsTitle->setVisible(!patterns.isEmpty());
}

} // namespace sockeye
