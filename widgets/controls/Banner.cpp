#include "widgets/controls/Banner.h"

#include "base/CombiningMarks.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace sockeye {

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_offers{new QPushButton(this), new QPushButton(this)}
    , m_close(new QToolButton(this))
{
    setProperty("banner", true);
    setAccessibleName(tr("Problem"));
    m_icon->setAccessibleName(tr("Warning"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setToolTip(tr("Dismiss this message"));
    connect(m_close, &QToolButton::clicked, this, [this] {
        dismiss();
        Q_EMIT dismissed();
    });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    for (qsizetype i = 0; i < MaxOffers; ++i) {
        QPushButton *button = m_offers[size_t(i)];
        button->setAutoDefault(false);
        // Taken from a copy: what is done may bring the next message.
        connect(button, &QPushButton::clicked, this, [this, i] {
            if (const auto take = m_takes.value(i))
                take();
        });
        layout->addWidget(button);
    }
    layout->addWidget(m_close);
    updateIcons();
    hide();
}

void Banner::showMessage(const QString &message)
{
    m_takes.clear();
    for (QPushButton *button : m_offers)
        button->hide();
    m_text->setText(withFewMarks(message));
    show();
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::amend(const QString &message)
{
    m_text->setText(withFewMarks(message));
}

void Banner::showOffers(const QString &message, const QList<BannerOffer> &offers)
{
    Q_ASSERT(offers.size() <= MaxOffers);
    showMessage(message);
    for (const BannerOffer &offer : offers) {
        QPushButton *button = m_offers[size_t(m_takes.size())];
        m_takes += offer.take;
        button->setText(offer.text);
        button->setAccessibleName(QString(offer.text).remove(u'…'));
        button->setToolTip(offer.toolTip);
        button->show();
    }
}

void Banner::withdrawOffer()
{
    if (!m_takes.isEmpty())
        dismiss();
}

void Banner::dismiss()
{
    m_takes.clear();
    m_text->clear();
    hide();
}

QString Banner::message() const
{
    return m_text->text();
}

void Banner::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QFrame::changeEvent(event);
}

void Banner::updateIcons()
{
    constexpr int IconSize = 16;
    QPalette red = palette();
    red.setColor(QPalette::ButtonText, theme::colors(palette()).error);
    m_icon->setPixmap(
        icons::get(QStringLiteral("warning"), red).pixmap(QSize(IconSize, IconSize), devicePixelRatioF()));
    m_close->setIcon(icons::get(QStringLiteral("close"), palette()));
}

} // namespace sockeye
