#pragma once

#include <QObject>

class QWidget;

namespace sockeye {

class Documents;
class NotesDock;
class Prompts;
class Settings;

/// The panel of notes in a window: it shows those of the current tab's capture, and goes to their entries there.
class NotesTool final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; the window is the panel's parent, and gives it its place.
    NotesTool(Documents &documents, Settings &settings, Prompts &prompts, QWidget *window);

    [[nodiscard]] NotesDock *dock() const { return m_dock; }
    [[nodiscard]] bool isShown() const;
    void toggle();
    /// Shows or hides the panel as chosen.
    void apply();

private:
    void follow();

    Documents &m_documents;
    Settings &m_settings;
    NotesDock *m_dock;
};

} // namespace sockeye
