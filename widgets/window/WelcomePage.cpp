#include "widgets/window/WelcomePage.h"

#include "widgets/controls/OutsideText.h"
#include "widgets/library/Age.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int LogoSize = 80;
constexpr int ColumnWidth = 420;
constexpr int MaxRecent = 5;

} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
    , m_logo(new QLabel(this))
    , m_new(makeButton(tr("New connection"), tr("Open a tab and type a URL (Ctrl+T)")))
    , m_echo(makeButton(tr("Try the built-in echo server"),
                        tr("Start a server inside Sockeye that sends everything back, and connect to it")))
    , m_open(makeButton(tr("Open capture"), tr("Look at a recorded session (Ctrl+O)")))
    , m_recent(new QWidget(this))
    , m_recentItems(new QVBoxLayout(m_recent))
{
    setAccessibleName(tr("Welcome"));
    setFocusPolicy(Qt::ClickFocus);
    m_logo->setAccessibleName(tr("Sockeye's icon"));
    m_logo->setAlignment(Qt::AlignHCenter);
    auto *title = new QLabel(u"Sockeye"_s, this);
    title->setAlignment(Qt::AlignHCenter);
    QFont big = title->font();
    big.setPointSizeF(big.pointSizeF() * 2);
    big.setWeight(QFont::DemiBold);
    title->setFont(big);
    auto *sentence = new QLabel(tr("See every frame that crosses a WebSocket, send anything back, keep it all."), this);
    sentence->setAlignment(Qt::AlignHCenter);
    sentence->setProperty("dim", true);
    m_new->setProperty("primary", true);
    auto *heading = new QLabel(tr("RECENT"), m_recent);
    heading->setAccessibleName(tr("Recent"));
    heading->setProperty("heading", true);
    m_recentItems->setContentsMargins(0, 0, 0, 0);
    m_recentItems->setSpacing(0);
    m_recentItems->addWidget(heading);
    m_recentItems->addSpacing(theme::Gap / 2);

    auto *column = new QVBoxLayout;
    column->setSpacing(theme::Gap);
    column->addStretch(2);
    column->addWidget(m_logo);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addSpacing(theme::Gap * 2);
    column->addWidget(m_new);
    column->addWidget(m_echo);
    column->addWidget(m_open);
    column->addSpacing(theme::Gap * 2);
    column->addWidget(m_recent);
    column->addStretch(3);
    auto *middle = new QHBoxLayout(this);
    middle->addStretch(1);
    middle->addLayout(column);
    middle->addStretch(1);
    m_recent->setFixedWidth(ColumnWidth);
    m_recent->hide();
    updateIcons();

    connect(m_new, &QPushButton::clicked, this, &WelcomePage::newConnectionRequested);
    connect(m_echo, &QPushButton::clicked, this, &WelcomePage::echoServerRequested);
    connect(m_open, &QPushButton::clicked, this, &WelcomePage::openCaptureRequested);
}

void WelcomePage::setRecent(const QList<RecentCapture> &captures)
{
    // The heading and the space below it stay in the layout.
    constexpr int Fixed = 2;
    while (QLayoutItem *old = m_recentItems->takeAt(Fixed)) {
        // Deleted later, because this may be called while the button handles a click.
        old->widget()->hide();
        old->widget()->deleteLater();
        delete old;
    }
    const QDateTime now = QDateTime::currentDateTime();
    for (const RecentCapture &capture : captures.first(qMin(captures.size(), qsizetype(MaxRecent)))) {
        const CaptureLibrary::Item &item = capture.item;
        const QString facts = factsText(capture);
        auto *button = new QPushButton(m_recent);
        button->setProperty("flat", true);
        button->setAccessibleName(tr("%1, %2, %3").arg(item.title, ageText(item.modified, now), facts));
        button->setToolTip(plainToolTip(QDir::toNativeSeparators(item.path)));
        auto *row = new QHBoxLayout(button);
        row->setContentsMargins(theme::Gap, 0, theme::Gap, 0);
        auto *name = new QLabel(item.title, button);
        name->setTextFormat(Qt::PlainText);
        auto *age = new QLabel(ageText(item.modified, now), button);
        age->setProperty("dim", true);
        auto *dimFacts = new QLabel(facts, button);
        dimFacts->setProperty("dim", true);
        row->addWidget(name, 1);
        row->addWidget(dimFacts);
        row->addSpacing(theme::Gap);
        row->addWidget(age);
        connect(button, &QPushButton::clicked, this, [this, path = item.path] { Q_EMIT captureChosen(path); });
        m_recentItems->addWidget(button);
    }
    m_recent->setVisible(!captures.isEmpty());
}

void WelcomePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QWidget::changeEvent(event);
}

QPushButton *WelcomePage::makeButton(const QString &text, const QString &toolTip)
{
    auto *button = new QPushButton(text, this);
    button->setAccessibleName(text);
    button->setToolTip(toolTip);
    button->setFixedWidth(ColumnWidth);
    button->setStyleSheet(u"padding: %1px;"_s.arg(theme::Gap));
    return button;
}

void WelcomePage::updateIcons()
{
    m_logo->setPixmap(icons::application().pixmap(QSize(LogoSize, LogoSize), devicePixelRatioF()));
    QPalette onAccent = palette();
    onAccent.setColor(QPalette::ButtonText, theme::colors(palette()).accentText);
    m_new->setIcon(icons::get(u"plus"_s, onAccent));
    m_echo->setIcon(icons::get(u"echo"_s, palette()));
    m_open->setIcon(icons::get(u"open"_s, palette()));
}

} // namespace sockeye
