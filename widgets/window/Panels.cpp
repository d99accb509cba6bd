#include "widgets/window/Panels.h"

#include "library/Settings.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/InspectorWindow.h"
#include "widgets/window/Documents.h"

#include <QEvent>
#include <QWidget>

#include <array>
#include <utility>

namespace sockeye {
namespace {

using Key = Settings::Key;

Key keyOf(Panel panel, bool isSmall)
{
    // By Panel.
    static constexpr std::array Large{Key::ProfilesVisible, Key::InspectorVisible, Key::ComposerVisible,
                                      Key::TimelineVisible};
    static constexpr std::array Small{Key::SmallProfilesVisible, Key::SmallInspectorVisible, Key::SmallComposerVisible,
                                      Key::SmallTimelineVisible};
    return (isSmall ? Small : Large)[static_cast<size_t>(panel)];
}

struct NamedPlace
{
    InspectorPlace place;
    QString name;
};

/// As the settings call them.
const std::array<NamedPlace, 3> &namedPlaces()
{
    static const std::array places{NamedPlace{InspectorPlace::Right, QStringLiteral("right")},
                                   NamedPlace{InspectorPlace::Below, QStringLiteral("below")},
                                   NamedPlace{InspectorPlace::OwnWindow, QStringLiteral("window")}};
    return places;
}

Key inspectorPlaceKey(bool isSmall)
{
    return isSmall ? Key::SmallInspectorPlace : Key::InspectorPlace;
}

/// What a version wrote that knew two places only.
Key inspectorBelowKey(bool isSmall)
{
    return isSmall ? Key::SmallInspectorBelow : Key::InspectorBelow;
}

} // namespace

Panels::Panels(Settings &settings, Documents &documents, QWidget &window, QWidget &profiles)
    : m_settings(settings)
    , m_documents(documents)
    , m_window(window)
    , m_profiles(profiles)
    , m_inspectorWindow(std::make_unique<InspectorWindow>(settings))
{
    m_window.installEventFilter(this);
    connect(&m_documents, &Documents::tabMade, this, &Panels::addTab);
    connect(&m_documents, &Documents::currentChanged, this, &Panels::showInspectorWindow);
    connect(&m_documents, &Documents::tabChanged, this, [this](const DocumentTab *tab) {
        if (tab == m_documents.current())
            showInspectorWindow();
    });
    connect(m_inspectorWindow.get(), &InspectorWindow::closed, this, [this] {
        m_isBeingClosed = true;
        // Later: whoever closes all windows at once ends the program, and wants this one again at the next start.
        QMetaObject::invokeMethod(this, &Panels::takeClosed, Qt::QueuedConnection);
    });
}

Panels::~Panels() = default;

bool Panels::isShown(Panel panel) const
{
    return m_settings.value(keyOf(panel, m_isSmall)).toBool();
}

void Panels::toggle(Panel panel)
{
    m_settings.setValue(keyOf(panel, m_isSmall), !isShown(panel));
    apply();
    if (panel == Panel::Inspector)
        m_inspectorWindow->restore();
}

InspectorPlace Panels::inspectorPlace() const
{
    const QString name = m_settings.value(inspectorPlaceKey(m_isSmall)).toString();
    for (const NamedPlace &named : namedPlaces()) {
        if (named.name == name)
            return named.place;
    }
    return m_settings.value(inspectorBelowKey(m_isSmall)).toBool() ? InspectorPlace::Below : InspectorPlace::Right;
}

void Panels::setInspectorPlace(InspectorPlace place)
{
    m_settings.setValue(inspectorPlaceKey(m_isSmall), namedPlaces().at(static_cast<size_t>(place)).name);
    m_settings.setValue(keyOf(Panel::Inspector, m_isSmall), true);
    apply();
    m_inspectorWindow->restore();
}

void Panels::apply()
{
    m_profiles.setVisible(isShown(Panel::Profiles));
    for (DocumentTab *tab : m_documents.all())
        applyTo(tab);
    showInspectorWindow();
    Q_EMIT changed();
}

void Panels::addTab(DocumentTab *tab)
{
    connect(tab, &DocumentTab::timelineWanted, this, [this] {
        if (!isShown(Panel::Timeline))
            toggle(Panel::Timeline);
    });
    applyTo(tab);
}

void Panels::applyTo(DocumentTab *tab) const
{
    tab->setPanels({.inspector = isShown(Panel::Inspector),
                    .foot = isShown(Panel::Composer),
                    .timeline = isShown(Panel::Timeline),
                    .inspectorPlace = inspectorPlace(),
                    .isSmall = m_isSmall});
    if (inspectorPlace() != InspectorPlace::OwnWindow)
        tab->view()->lendInspector(nullptr);
}

void Panels::showInspectorWindow()
{
    if (m_isBeingClosed)
        return;
    DocumentTab *tab = m_documents.current();
    const bool isApart = isShown(Panel::Inspector) && inspectorPlace() == InspectorPlace::OwnWindow;
    if (isApart && tab && m_window.isVisible())
        m_inspectorWindow->showTab(tab);
    else
        m_inspectorWindow->hide();
}

void Panels::takeClosed()
{
    m_isBeingClosed = false;
    if (m_window.isVisible() && isShown(Panel::Inspector))
        toggle(Panel::Inspector);
}

bool Panels::eventFilter(QObject *watched, QEvent *event)
{
    const bool isSmall = m_window.width() < theme::SmallWindowWidth;
    if (watched == &m_window && event->type() == QEvent::Resize && std::exchange(m_isSmall, isSmall) != isSmall)
        apply();
    // After the window itself.
    if (watched == &m_window && event->type() == QEvent::Show && !event->spontaneous())
        QMetaObject::invokeMethod(this, &Panels::showInspectorWindow, Qt::QueuedConnection);
    // Its dialogs block this window, and the other one's keys would go past them.
    if (watched == &m_window && (event->type() == QEvent::WindowBlocked || event->type() == QEvent::WindowUnblocked))
        m_inspectorWindow->setBlocked(event->type() == QEvent::WindowBlocked);
    // Closed with it: what was current goes next.
    if (watched == &m_window && event->type() == QEvent::Hide && !event->spontaneous())
        m_inspectorWindow->hide();
    return QObject::eventFilter(watched, event);
}

} // namespace sockeye
