#include "library/Settings.h"

#include "base/OwnerOnly.h"
#include "base/Paths.h"
#include "endpoint/EndpointCheck.h"
#include "endpoint/UrlText.h"
#include "secrets/SecretNames.h"

#include <QByteArray>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

enum class Scope : quint8 { User, State };

struct SettingRow
{
    Settings::Key key;
    Scope scope;
    const char16_t *name;
    QVariant fallback;
};

const auto &table()
{
    using Key = Settings::Key;
    static const std::array rows = {
        SettingRow{Key::Theme, Scope::User, u"window/theme", u"system"_s},
        SettingRow{Key::DataFont, Scope::User, u"window/dataFont", QString()},
        SettingRow{Key::InterfaceFont, Scope::User, u"window/font", QString()},
        SettingRow{Key::InterfaceFontSize, Scope::User, u"window/fontSize", 0},
        SettingRow{Key::ProfilesVisible, Scope::User, u"window/profiles", true},
        SettingRow{Key::InspectorVisible, Scope::User, u"window/inspector", true},
        SettingRow{Key::ComposerVisible, Scope::User, u"window/composer", true},
        SettingRow{Key::TimelineVisible, Scope::User, u"window/timeline", true},
        SettingRow{Key::SmallProfilesVisible, Scope::User, u"window/small/profiles", false},
        SettingRow{Key::SmallInspectorVisible, Scope::User, u"window/small/inspector", true},
        SettingRow{Key::SmallComposerVisible, Scope::User, u"window/small/composer", true},
        SettingRow{Key::SmallTimelineVisible, Scope::User, u"window/small/timeline", false},
        SettingRow{Key::InspectorPlace, Scope::User, u"window/inspectorPlace", QString()},
        SettingRow{Key::SmallInspectorPlace, Scope::User, u"window/small/inspectorPlace", QString()},
        SettingRow{Key::InspectorBelow, Scope::User, u"window/inspectorBelow", false},
        SettingRow{Key::SmallInspectorBelow, Scope::User, u"window/small/inspectorBelow", false},
        SettingRow{Key::TimelineUnit, Scope::User, u"timeline/unit", u"messages"_s},
        SettingRow{Key::TimelineScale, Scope::User, u"timeline/scale", u"automatic"_s},
        SettingRow{Key::WindowGeometry, Scope::State, u"window/geometry", QByteArray()},
        SettingRow{Key::InspectorWindowGeometry, Scope::State, u"window/inspectorGeometry", QByteArray()},
        SettingRow{Key::WindowState, Scope::State, u"window/state", QByteArray()},
        SettingRow{Key::LogSplitter, Scope::State, u"tab/logSplitter", QByteArray()},
        SettingRow{Key::ComposerSplitter, Scope::State, u"tab/composerSplitter", QByteArray()},
        SettingRow{Key::SmallLogSplitter, Scope::State, u"tab/small/logSplitter", QByteArray()},
        SettingRow{Key::SmallComposerSplitter, Scope::State, u"tab/small/composerSplitter", QByteArray()},
        SettingRow{Key::UrlHistory, Scope::State, u"address/history", QStringList()},
        SettingRow{Key::FileDirectory, Scope::State, u"files/directory", QString()},
        SettingRow{Key::LogColumns, Scope::User, u"log/columns", QStringList()},
        SettingRow{Key::LogTimeFormat, Scope::User, u"log/time", u"local"_s},
        SettingRow{Key::LogDeltaFrom, Scope::User, u"log/delta", u"previous"_s},
        SettingRow{Key::LogZoom, Scope::User, u"log/zoom", 0},
        SettingRow{Key::LogRawPreview, Scope::User, u"log/rawPreview", false},
        SettingRow{Key::LogDimsSame, Scope::User, u"log/dimUnchanged", false},
        SettingRow{Key::LogDensity, Scope::User, u"log/density", u"automatic"_s},
        SettingRow{Key::HexBytesPerRow, Scope::User, u"hex/bytesPerRow", 0},
        SettingRow{Key::HexGroupSize, Scope::User, u"hex/groupSize", 8},
        SettingRow{Key::HexNotation, Scope::User, u"hex/notation", u"hex"_s},
        SettingRow{Key::HexUpperCase, Scope::User, u"hex/upperCase", false},
        SettingRow{Key::HexDecimalOffsets, Scope::User, u"hex/decimalOffsets", false},
        SettingRow{Key::HexColoring, Scope::User, u"hex/coloring", u"field"_s},
        SettingRow{Key::HexAllValues, Scope::User, u"hex/allValues", false},
        SettingRow{Key::ExportFormat, Scope::User, u"export/format", u"jsonl"_s},
        SettingRow{Key::ExportKeepSecrets, Scope::User, u"export/keepSecrets", false},
        SettingRow{Key::ExportMaskPayloads, Scope::User, u"export/maskPayloads", false},
        SettingRow{Key::ExportCsvSafe, Scope::User, u"export/csvSafe", true},
        SettingRow{Key::ExportCsvByteOrderMark, Scope::User, u"export/csvByteOrderMark", true},
        SettingRow{Key::SavedFilters, Scope::User, u"filter/saved", QStringList()},
        SettingRow{Key::RecentFilters, Scope::State, u"filter/recent", QStringList()},
        SettingRow{Key::RestoreSession, Scope::User, u"session/restore", true},
        SettingRow{Key::SecretNamesAdded, Scope::User, u"secrets/added", QStringList()},
        SettingRow{Key::SecretNamesRemoved, Scope::User, u"secrets/removed", QStringList()},
        // Generous once it is switched on; nothing is removed unasked.
        SettingRow{Key::RetentionOn, Scope::User, u"captures/limited", false},
        SettingRow{Key::RetentionCount, Scope::User, u"captures/most", 200},
        SettingRow{Key::RetentionGigabytes, Scope::User, u"captures/mostGigabytes", 20},
        SettingRow{Key::RetentionConfirmed, Scope::State, u"captures/limitsConfirmed", false},
        SettingRow{Key::DiskReserveMegabytes, Scope::User, u"captures/reserveMegabytes", -1},
        SettingRow{Key::CaptureMaxMegabytes, Scope::User, u"captures/largestMegabytes", 0},
        SettingRow{Key::CaptureFolder, Scope::User, u"captures/folder", QString()},
        SettingRow{Key::NewKeepaliveSeconds, Scope::User, u"connection/keepaliveSeconds", 0.0},
        SettingRow{Key::NewProxy, Scope::User, u"connection/proxy", QString()},
        SettingRow{Key::NotesVisible, Scope::User, u"window/notes", false},
        SettingRow{Key::AnalysisVisible, Scope::User, u"window/analysis", false},
        SettingRow{Key::AnalysisPage, Scope::State, u"window/analysisPage", QString()},
        SettingRow{Key::ConfirmClosing, Scope::User, u"confirm/closing", false},
        SettingRow{Key::KeepInOneCapture, Scope::User, u"captures/keepInOne", false},
    };
    return rows;
}

const SettingRow &rowOf(Settings::Key key)
{
    for (const SettingRow &row : table()) {
        if (row.key == key)
            return row;
    }
    Q_UNREACHABLE();
}

constexpr int MaxHistory = 30;
/// A day: more than any interval of pings, and few enough for milliseconds.
constexpr double MaxSeconds = 86'400;

} // namespace

Settings::Settings()
    : m_user(paths::settingsFile(), QSettings::IniFormat)
    , m_state(QFileInfo(paths::settingsFile()).absolutePath() + u"/state.ini"_s, QSettings::IniFormat)
{
    // Both may hold URLs and filters with secrets in them; earlier versions made them readable for everybody.
    for (const QSettings *file : {&m_user, &m_state})
        owneronly::narrow(file->fileName());
}

QVariant Settings::value(Key key) const
{
    const SettingRow &row = rowOf(key);
    const QSettings &file = row.scope == Scope::User ? m_user : m_state;
    QVariant value = file.value(QString::fromUtf16(row.name));
    // An INI file holds strings; one that was edited by hand may hold anything.
    if (!value.isValid() || !value.convert(row.fallback.metaType()))
        return row.fallback;
    return value;
}

void Settings::setValue(Key key, const QVariant &value)
{
    const SettingRow &row = rowOf(key);
    QSettings &file = row.scope == Scope::User ? m_user : m_state;
    if (!QFileInfo::exists(file.fileName()))
        owneronly::prepareFile(file.fileName());
    file.setValue(QString::fromUtf16(row.name), value);
}

void Settings::sync()
{
    m_user.sync();
    m_state.sync();
}

DiskLimits Settings::diskLimits() const
{
    constexpr qint64 Megabyte = 1'000'000;
    const qint64 reserve = value(Key::DiskReserveMegabytes).toInt();
    DiskLimits limits;
    if (reserve >= 0)
        limits.reserve = reserve * Megabyte;
    limits.maxSize = std::max(0, value(Key::CaptureMaxMegabytes).toInt()) * Megabyte;
    return limits;
}

QString Settings::captureFolder() const
{
    const QString chosen = value(Key::CaptureFolder).toString();
    return QDir::isAbsolutePath(chosen) ? QDir::cleanPath(chosen) : paths::captures();
}

Endpoint Settings::newEndpoint() const
{
    constexpr double MsPerSecond = 1'000;
    Endpoint endpoint;
    endpoint.keepalive.interval = std::chrono::milliseconds(
        static_cast<qint64>(std::clamp(value(Key::NewKeepaliveSeconds).toDouble(), 0.0, MaxSeconds) * MsPerSecond));
    endpoint.proxy = value(Key::NewProxy).toString();
    // A file that was edited by hand may say what no connection can have.
    const QList<EndpointProblem> problems = endpointProblems(endpoint);
    if (!problemOf(problems, fieldOf(&Endpoint::keepalive, &KeepalivePolicy::interval)).isEmpty())
        endpoint.keepalive.interval = {};
    if (!problemOf(problems, fieldOf(&Endpoint::proxy)).isEmpty())
        endpoint.proxy.clear();
    return endpoint;
}

bool Settings::keepsInOneCapture() const
{
    return value(Key::KeepInOneCapture).toBool();
}

void Settings::setKeepsInOneCapture(bool keep)
{
    setValue(Key::KeepInOneCapture, keep);
}

QStringList Settings::urlHistory() const
{
    return value(Key::UrlHistory).toStringList();
}

QStringList Settings::secretNames() const
{
    QStringList patterns = SecretNames(SecretNames::defaults()).patterns();
    const QStringList removed = value(Key::SecretNamesRemoved).toStringList();
    patterns.removeIf([&removed](const QString &pattern) { return removed.contains(pattern); });
    return SecretNames(patterns + value(Key::SecretNamesAdded).toStringList()).patterns();
}

void Settings::setSecretNames(const QStringList &patterns)
{
    const QStringList wanted = SecretNames(patterns).patterns();
    const QStringList before = SecretNames(SecretNames::defaults()).patterns();
    const auto without = [](QStringList list, const QStringList &others) {
        list.removeIf([&others](const QString &pattern) { return others.contains(pattern); });
        return list;
    };
    setValue(Key::SecretNamesAdded, without(wanted, before));
    setValue(Key::SecretNamesRemoved, without(before, wanted));
    SecretNames::setCurrent(wanted);
}

void Settings::rememberUrl(const QString &typed)
{
    // A password must not stay behind in a file that nobody thinks of.
    const QString url = withoutPassword(typed);
    // Another window may have added to it.
    m_state.sync();
    QStringList history = urlHistory();
    history.removeAll(url);
    history.prepend(url);
    while (history.size() > MaxHistory)
        history.removeLast();
    setValue(Key::UrlHistory, history);
    m_state.sync();
}

} // namespace sockeye
