#pragma once

#include <QObject>
#include <QStringList>

class QWidget;

namespace sockeye {

class Clock;
class DocumentTab;
class Documents;
class Prompts;
class RecordingCloser;

/// Shows the captures of several tabs in one log: asks which, and opens the merge view.
class MergeOpener final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; `window` is the parent of what is shown. The closer says when the recording of a closed tab has
    /// ended.
    MergeOpener(Documents &documents, const RecordingCloser &closer, const Clock &clock, Prompts &prompts,
                QWidget *window);

    /// Asks which tabs are to be merged.
    void showDialog();
    /// Removes, in the background, the merged captures of programs that crashed.
    static void removeLeftovers();

private:
    void open(const QList<DocumentTab *> &tabs, const QStringList &names);

    Documents &m_documents;
    const RecordingCloser &m_closer;
    const Clock &m_clock;
    Prompts &m_prompts;
    QWidget *m_window;
};

} // namespace sockeye
