#include "widgets/library/RetentionRow.h"

#include "base/Units.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/Prompts.h"
#include "widgets/library/Retention.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace sockeye {
namespace {

constexpr int MaxCaptures = 1'000'000;
constexpr int MaxGigabytes = 100'000;
constexpr qint64 RowGigabyte = 1'000'000'000;
constexpr qsizetype MaxListed = 12;

qint64 sizeOf(const QList<RetentionPolicy::Candidate> &captures)
{
    qint64 bytes = 0;
    for (const RetentionPolicy::Candidate &capture : captures)
        bytes += capture.size;
    return bytes;
}

QString listOf(const QList<RetentionPolicy::Candidate> &captures)
{
    QStringList lines;
    for (const RetentionPolicy::Candidate &capture : captures.first(qMin(captures.size(), MaxListed)))
        lines += QStringLiteral("%1 (%2)").arg(QFileInfo(capture.path).completeBaseName(), sizeText(capture.size));
    if (captures.size() > MaxListed)
        lines += RetentionRow::tr("and %1 more").arg(countText(captures.size() - MaxListed));
    return lines.join(u'\n');
}

QString cleanUpText(const QList<RetentionPolicy::Candidate> &captures)
{
    if (captures.isEmpty())
        return RetentionRow::tr(
            "Nothing is beyond these limits now. Let the oldest go whenever Sockeye starts and there are more? They "
            "are removed for good. What is open, named, bookmarked or annotated stays.");
    const QString text =
        captures.size() == 1
            ? RetentionRow::tr("%1 capture (%2) is beyond the limits and is removed for good, now; later ones whenever "
                               "Sockeye starts. What is open, named, bookmarked or annotated stays.\n\n%3")
            : RetentionRow::tr("These %1 captures (%2) are beyond the limits and are removed for good, now; later "
                               "ones whenever Sockeye starts. What is open, named, bookmarked or annotated "
                               "stays.\n\n%3");
    return text.arg(countText(captures.size()), sizeText(sizeOf(captures)), listOf(captures));
}

} // namespace

RetentionRow::RetentionRow(Retention &retention, Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_retention(retention)
    , m_prompts(prompts)
    , m_retain(new QCheckBox(tr("Keep at most"), this))
    , m_count(makeLimit(MaxCaptures, tr(" captures"), tr("Most captures"),
                        tr("How many captures are kept; 0 for no limit")))
    , m_gigabytes(makeLimit(MaxGigabytes, tr(" GB"), tr("Most gigabytes"),
                            tr("How much room they may take together; 0 for no limit")))
    , m_cleanUp(new QPushButton(tr("Clean up…"), this))
{
    describe(
        m_retain, tr("Limit what is kept"),
        tr("Remove the oldest captures beyond these limits when Sockeye starts. What is open, named, bookmarked or "
           "annotated is never removed."));
    describe(m_cleanUp, tr("Clean up"), tr("Show what is beyond the limits, and remove it"));
    m_cleanUp->setAutoDefault(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_retain);
    layout->addWidget(m_count);
    layout->addWidget(new QLabel(tr("and"), this));
    layout->addWidget(m_gigabytes);
    layout->addStretch(1);
    layout->addWidget(m_cleanUp);
    showLimits();
    connect(m_retain, &QCheckBox::toggled, this, &RetentionRow::keepLimits);
    connect(m_count, &QSpinBox::valueChanged, this, &RetentionRow::keepLimits);
    connect(m_gigabytes, &QSpinBox::valueChanged, this, &RetentionRow::keepLimits);
    connect(m_cleanUp, &QPushButton::clicked, this, &RetentionRow::cleanUp);
}

QSpinBox *RetentionRow::makeLimit(int most, const QString &suffix, const QString &name, const QString &toolTip)
{
    auto *spin = new QSpinBox(this);
    spin->setRange(0, most);
    spin->setSuffix(suffix);
    spin->setSpecialValueText(tr("no limit"));
    spin->setGroupSeparatorShown(true);
    describe(spin, name, toolTip);
    return spin;
}

void RetentionRow::showLimits()
{
    const RetentionPolicy::Limits limits = m_retention.limits();
    m_retain->setChecked(m_retention.isOn());
    m_count->setValue(limits.count);
    m_gigabytes->setValue(static_cast<int>(limits.bytes / RowGigabyte));
    updateEnabled();
}

void RetentionRow::keepLimits()
{
    m_retention.setOn(m_retain->isChecked());
    m_retention.setLimits({m_count->value(), m_gigabytes->value() * RowGigabyte});
    updateEnabled();
}

void RetentionRow::updateEnabled()
{
    m_count->setEnabled(m_retain->isChecked());
    m_gigabytes->setEnabled(m_retain->isChecked());
    m_cleanUp->setEnabled(m_retain->isChecked());
}

void RetentionRow::cleanUp()
{
    const QList<RetentionPolicy::Candidate> captures = m_retention.toRemove();
    const Question question{tr("Clean up"), cleanUpText(captures),
                            captures.isEmpty() ? tr("Clean up at start") : tr("Remove")};
    m_prompts.confirm(window(), question, [&retention = m_retention, captures] { retention.remove(captures); });
}

} // namespace sockeye
