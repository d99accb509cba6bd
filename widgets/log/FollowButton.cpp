#include "widgets/log/FollowButton.h"

#include "base/Units.h"

#include <QStyleOptionButton>

namespace sockeye {

namespace {

/// Larger counts are rounded.
constexpr qint64 MaxExact = 99'999;

QString shortCount(qint64 count)
{
    if (count <= MaxExact)
        return countText(count);
    return count < 1'000'000 ? FollowButton::tr("%1k").arg(count / 1000)
                             : FollowButton::tr("%1M").arg(QString::number(double(count / 100'000) / 10, 'f', 1));
}

QString belowText(qint64 count)
{
    return FollowButton::tr("↓ %1 new").arg(shortCount(count));
}

} // namespace

FollowButton::FollowButton(QWidget *parent)
    : QPushButton(parent)
{
    setCheckable(true);
    setChecked(true);
    setAutoDefault(false);
    setAccessibleName(tr("Follow"));
    updateText();
}

void FollowButton::setFollowing(bool following)
{
    setChecked(following);
    updateText();
}

void FollowButton::setNewBelow(qint64 entries)
{
    if (entries == m_below)
        return;
    m_below = entries;
    updateText();
}

void FollowButton::updateText()
{
    const bool tells = !isChecked() && m_below > 0;
    setText(tells ? belowText(m_below) : tr("Follow"));
    const QString below = tells ? tr("%1 new entries below").arg(countText(m_below)) : QString();
    setAccessibleDescription(below);
    setToolTip(tells ? tr("%1. Go there and keep the newest entry in view (End)").arg(below)
                     : tr("Keep the newest entry in view (End)"));
}

QSize FollowButton::sizeHint() const
{
    QStyleOptionButton option;
    initStyleOption(&option);
    QSize size;
    for (const QString &text : {tr("Follow"), belowText(MaxExact)}) {
        option.text = text;
        const QSize content = fontMetrics().size(Qt::TextShowMnemonic, text);
        size = size.expandedTo(style()->sizeFromContents(QStyle::CT_PushButton, &option, content, this));
    }
    return size;
}

QSize FollowButton::minimumSizeHint() const
{
    return sizeHint();
}

} // namespace sockeye
