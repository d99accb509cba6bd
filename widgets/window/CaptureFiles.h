#pragma once

#include <QObject>

class QWidget;

namespace sockeye {

class Documents;
class Prompts;
class RecordingCloser;
class SessionRestorer;
class Settings;

/// Captures as files of the user's: opened, saved elsewhere, exported; and which of them the window is using.
class CaptureFiles final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; `window` is the parent of what is shown.
    CaptureFiles(Documents &documents, const RecordingCloser &closer, const SessionRestorer &session,
                 Settings &settings, Prompts &prompts, QWidget *window);

    /// Whether the capture is shown in a tab, still being written, or about to be shown again: it must not be touched.
    [[nodiscard]] bool isInUse(const QString &path) const;

    /// Asks for a file and opens it.
    void open();
    /// Asks where to, and copies the capture there in the background.
    void save(const QString &capture);
    void saveCurrent();
    void exportCurrent();

Q_SIGNALS:
    /// Emitted when a copy begins: its progress and a way to cancel, for the status bar. The widget deletes itself when
    /// the copy has ended.
    void savingStarted(QWidget *progress);
    /// A line for the status bar.
    void statusText(const QString &text);

private:
    [[nodiscard]] QString folder() const;
    void keepFolderOf(const QString &file);
    void saveTo(const QString &capture, const QString &target);

    Documents &m_documents;
    const RecordingCloser &m_closer;
    const SessionRestorer &m_session;
    Settings &m_settings;
    Prompts &m_prompts;
    QWidget *m_window;
};

} // namespace sockeye
