#include "widgets/window/WelcomePage.h"

#include "endpoint/UrlText.h"
#include "secrets/SecretMasker.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/library/RecentNames.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"
#include "widgets/window/WelcomeList.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int LogoSize = 48;
constexpr int ColumnWidth = 600;
constexpr qsizetype MaxProfiles = 5;
constexpr qsizetype MaxRecent = 5;

} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QScrollArea(parent)
    , m_content(new QWidget(this))
    , m_logo(new QLabel(m_content))
    , m_line(new QLineEdit(m_content))
    , m_connect(makeButton(tr("Connect"), tr("Open a tab and connect to what stands in the line (Return)")))
    , m_problem(new QLabel(m_content))
    , m_new(makeButton(tr("New connection"), tr("Open a tab and type a URL (Ctrl+T)")))
    , m_echo(makeButton(tr("Try the built-in echo server"),
                        tr("Start a server inside Sockeye that sends everything back, and connect to it")))
    , m_open(makeButton(tr("Open capture"), tr("Look at a recorded session (Ctrl+O)")))
    , m_profiles(new WelcomeList(tr("PROFILES"), tr("Profiles to open"), m_content))
    , m_recent(new WelcomeList(tr("RECENT"), tr("Recent captures"), m_content))
    , m_news(makeButton(tr("New in %1: Preferences, a command palette, help inside").arg(u"" SOCKEYE_VERSION ""_s),
                        tr("Read what is new")))
{
    setAccessibleName(tr("Welcome"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::ClickFocus);
    auto *body = new QWidget(m_content);
    body->setMaximumWidth(ColumnWidth);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Gap);
    column->addStretch(2);
    addTitle(*column);
    column->addSpacing(theme::Gap * 2);
    addLine(*column);
    addButtons(*column);
    column->addSpacing(theme::Gap * 2);
    column->addWidget(m_profiles);
    column->addSpacing(theme::Gap);
    column->addWidget(m_recent);
    column->addSpacing(theme::Gap);
    column->addWidget(m_news, 0, Qt::AlignLeft);
    column->addStretch(3);
    m_news->setProperty("flat", true);
    // Its words begin where all others do.
    m_news->setProperty("bare", true);
    auto *middle = new QHBoxLayout(m_content);
    // As wide as it may be: what is left of the room stands on both sides.
    middle->addStretch();
    middle->addWidget(body, 1);
    middle->addStretch();
    setWidget(m_content);
    updateIcons();
    connect(m_news, &QPushButton::clicked, this, &WelcomePage::whatIsNewRequested);
    connect(m_profiles, &WelcomeList::chosen, this, &WelcomePage::profileChosen);
    connect(m_recent, &WelcomeList::chosen, this, &WelcomePage::captureChosen);
}

void WelcomePage::addTitle(QVBoxLayout &column)
{
    m_logo->setAccessibleName(tr("Sockeye's icon"));
    m_logo->setFixedSize(LogoSize, LogoSize);
    auto *title = new QLabel(u"Sockeye"_s, m_content);
    QFont big = title->font();
    big.setPointSizeF(big.pointSizeF() * 2);
    big.setWeight(QFont::DemiBold);
    title->setFont(big);
    auto *sentence =
        new QLabel(tr("See every frame that crosses a WebSocket, send anything back, keep it all."), m_content);
    sentence->setProperty("dim", true);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(title);
    words->addWidget(sentence);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Gap * 2);
    row->addWidget(m_logo);
    row->addLayout(words, 1);
    column.addLayout(row);
}

void WelcomePage::addLine(QVBoxLayout &column)
{
    describe(m_line, tr("What to connect to"),
             tr("A URL, or a command line of curl (Copy as cURL in a browser), wscat or websocat; Return connects"));
    m_line->setPlaceholderText(tr("Paste a URL, curl or wscat command"));
    m_line->setFont(theme::dataFont());
    // A tab's own button is called "Connect".
    m_connect->setAccessibleName(tr("Connect to it"));
    m_connect->setProperty("primary", true);
    m_connect->setEnabled(false);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("error", true);
    m_problem->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Gap);
    row->addWidget(m_line, 1);
    row->addWidget(m_connect);
    column.addLayout(row);
    column.addWidget(m_problem);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_connect->setEnabled(!text.trimmed().isEmpty());
        setProblem({});
    });
    connect(m_line, &QLineEdit::returnPressed, this, &WelcomePage::connectToTyped);
    connect(m_connect, &QPushButton::clicked, this, &WelcomePage::connectToTyped);
}

void WelcomePage::addButtons(QVBoxLayout &column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(theme::Gap);
    for (QPushButton *button : {m_new, m_echo, m_open})
        row->addWidget(button, 1);
    column.addLayout(row);
    connect(m_new, &QPushButton::clicked, this, &WelcomePage::newConnectionRequested);
    connect(m_echo, &QPushButton::clicked, this, &WelcomePage::echoServerRequested);
    connect(m_open, &QPushButton::clicked, this, &WelcomePage::openCaptureRequested);
}

void WelcomePage::setProfiles(const QList<Profile> &profiles)
{
    QList<WelcomeList::Line> lines;
    for (const Profile &profile : profiles.first(qMin(profiles.size(), MaxProfiles))) {
        const QString url = maskSecretsInUrl(withoutUserInfo(profile.endpoint.url));
        lines += WelcomeList::Line{.id = profile.id, .name = profile.name, .toolTip = url};
    }
    m_profiles->setLines(lines);
}

void WelcomePage::setRecent(const QList<RecentCapture> &captures)
{
    QList<WelcomeList::Line> lines;
    const QList<RecentCapture> shown = captures.first(qMin(captures.size(), MaxRecent));
    const QList<RecentName> names = recentNames(shown, QDateTime::currentDateTime());
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const CaptureLibrary::Item &item = shown.at(i).item;
        lines += WelcomeList::Line{item.path, item.title, factsText(shown.at(i)), names.at(i).when,
                                   QDir::toNativeSeparators(item.path)};
    }
    m_recent->setLines(lines);
}

void WelcomePage::clearLine()
{
    m_line->clear();
}

void WelcomePage::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_line->setAccessibleDescription(problem);
    setStyleRole(m_line, "error", !problem.isEmpty());
}

void WelcomePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateIcons();
    QScrollArea::changeEvent(event);
}

QPushButton *WelcomePage::makeButton(const QString &text, const QString &toolTip)
{
    auto *button = new QPushButton(text, m_content);
    describe(button, text, toolTip);
    return button;
}

void WelcomePage::connectToTyped()
{
    if (const QString text = m_line->text(); !text.trimmed().isEmpty())
        Q_EMIT connectRequested(text);
}

void WelcomePage::updateIcons()
{
    m_logo->setPixmap(icons::application().pixmap(QSize(LogoSize, LogoSize), devicePixelRatioF()));
    m_new->setIcon(icons::get(u"plus"_s, palette()));
    m_echo->setIcon(icons::get(u"echo"_s, palette()));
    m_open->setIcon(icons::get(u"open"_s, palette()));
}

} // namespace sockeye
