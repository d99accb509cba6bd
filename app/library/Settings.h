#pragma once

#include "base/DiskLimits.h"

#include <QSettings>
#include <QStringList>
#include <QVariant>

namespace sockeye {

struct Endpoint;

/// What the window remembers between two runs: one table of key, scope and default (in Settings.cpp). Two INI files
/// in the user's configuration directory: sockeye.ini for what the user chose, state.ini for what came about by using
/// it.
class Settings final
{
public:
    enum class Key : quint8 {
        Theme,             ///< "system", "light" or "dark"
        DataFont,          ///< the family of messages, URLs and bytes; empty for the system's fixed font
        InterfaceFont,     ///< the family of all other text; empty for the system's
        InterfaceFontSize, ///< in points; 0 for the system's
        ProfilesVisible,
        InspectorVisible,
        ComposerVisible,
        TimelineVisible,
        // Likewise, of a small window.
        SmallProfilesVisible,
        SmallInspectorVisible,
        SmallComposerVisible,
        SmallTimelineVisible,
        InspectorPlace, ///< "right", "below" or "window"; empty for what InspectorBelow says
        SmallInspectorPlace,
        InspectorBelow, ///< what earlier versions wrote; read only
        SmallInspectorBelow,
        TimelineUnit,  ///< "messages" or "bytes"
        TimelineScale, ///< "automatic", "linear" or "squareRoot"
        WindowGeometry,
        InspectorWindowGeometry,
        WindowState,
        LogSplitter,
        ComposerSplitter,
        SmallLogSplitter,
        SmallComposerSplitter,
        UrlHistory,
        FileDirectory,
        LogColumns, ///< from left to right (LogColumns::toStrings())
        LogTimeFormat,
        LogDeltaFrom,
        LogZoom,
        LogRawPreview,
        LogDimsSame,
        LogDensity,
        HexBytesPerRow, ///< 8, 16, 24 or 32; 0 for as many as fit
        HexGroupSize,   ///< 1, 2, 4 or 8
        HexNotation,    ///< "hex", "decimal", "octal" or "binary"
        HexUpperCase,
        HexDecimalOffsets,
        HexColoring,
        HexAllValues, ///< below the bytes, instead of some
        ExportFormat,
        ExportKeepSecrets,
        ExportMaskPayloads,
        ExportCsvSafe,
        ExportCsvByteOrderMark,
        SavedFilters, ///< name, filter, name, filter, ...
        RecentFilters,
        RestoreSession,
        SecretNamesAdded, ///< to SecretNames::defaults(), and what of these was removed
        SecretNamesRemoved,
        RetentionOn,
        RetentionCount,
        RetentionGigabytes,
        RetentionConfirmed,
        DiskReserveMegabytes, ///< what recordings leave free on the disk; negative for standardReserve()
        CaptureMaxMegabytes,  ///< the size of one capture; 0 for no limit
        CaptureFolder,        ///< of new captures; empty for paths::captures()
        NewKeepaliveSeconds,  ///< what a new connection begins with; 0 for no pings
        NewProxy,             ///< the same of Endpoint::proxy
        NotesVisible,
        AnalysisVisible,
        AnalysisPage, ///< "shapes", ...: the one in front
        ConfirmClosing,  ///< of what has an open connection
        KeepInOneCapture ///< what a tab records after its URL was changed
    };

    Settings();
    Settings(const Settings &) = delete;
    Settings &operator=(const Settings &) = delete;

    /// The value, or the key's default. What stands in the file with the wrong type counts as absent.
    [[nodiscard]] QVariant value(Key key) const;
    void setValue(Key key, const QVariant &value);
    /// Writes what was set and takes in what other windows have written since. Before a list is read to be changed, so
    /// that what others put there stays.
    void sync();

    /// How much recordings may take of the disk.
    [[nodiscard]] DiskLimits diskLimits() const;

    /// Where new captures go.
    [[nodiscard]] QString captureFolder() const;
    /// What a connection has that nobody has set any options of.
    [[nodiscard]] Endpoint newEndpoint() const;
    /// Whether a tab whose URL was changed goes on in its capture, instead of beginning another.
    [[nodiscard]] bool keepsInOneCapture() const;
    void setKeepsInOneCapture(bool keep);

    /// URLs that were connected to, newest first.
    [[nodiscard]] QStringList urlHistory() const;
    /// But for a password in it.
    void rememberUrl(const QString &typed);

    /// The patterns of names under which secrets travel: those that the program comes with but for what the user
    /// removed, then what was added.
    [[nodiscard]] QStringList secretNames() const;
    /// Keeps the difference only, so that what a later version knows of comes too. In use from now on.
    void setSecretNames(const QStringList &patterns);

private:
    QSettings m_user;
    QSettings m_state;
};

} // namespace sockeye
