#include "widgets/tab/FormerUrl.h"

#include "secrets/SecretMasker.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace sockeye {
namespace {

/// What a URL may take of the row; its middle gives way.
constexpr int UrlWidth = 420;

} // namespace

FormerUrl::FormerUrl(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_back(new QPushButton(this))
    , m_dismiss(new QToolButton(this))
{
    m_text->setAccessibleName(tr("About the former connection"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setProperty("dim", true);
    m_back->setAutoDefault(false);
    m_back->setProperty("inline", true);
    describe(m_dismiss, tr("Dismiss the way back"), tr("Take this line away"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_back);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_dismiss);
    connect(m_back, &QPushButton::clicked, this, [this] { Q_EMIT backRequested(m_url); });
    connect(m_dismiss, &QToolButton::clicked, this, [this] { offer({}, {}); });
    updateIcons();
    offer({}, {});
}

void FormerUrl::offer(const QString &url, const QString &note)
{
    m_url = url;
    m_text->setText(note);
    const QString shown = maskSecretsInUrl(url);
    const QString text = tr("Back to %1");
    m_back->setText(
        withoutMnemonic(text.arg(fontMetrics().elidedText(withFewMarks(shown), Qt::ElideMiddle, UrlWidth))));
    m_back->setAccessibleName(text.arg(shown));
    m_back->setToolTip(plainToolTip(tr("Close the connection and connect to %1 again").arg(shown)));
    setVisible(!url.isEmpty());
}

void FormerUrl::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QWidget::changeEvent(event);
}

void FormerUrl::updateIcons()
{
    m_dismiss->setIcon(icons::get(QStringLiteral("close"), palette()));
}

} // namespace sockeye
