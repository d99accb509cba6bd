#include "widgets/window/NotesTool.h"

#include "library/Settings.h"
#include "widgets/log/LogView.h"
#include "widgets/notes/NotesDock.h"
#include "widgets/window/Documents.h"

namespace sockeye {

NotesTool::NotesTool(Documents &documents, Settings &settings, Prompts &prompts, QWidget *window)
    : m_documents(documents)
    , m_settings(settings)
    , m_dock(new NotesDock(prompts, window))
{
    connect(&m_documents, &Documents::currentChanged, this, &NotesTool::follow);
    connect(&m_documents, &Documents::captureShown, this, &NotesTool::follow);
    connect(&m_documents, &Documents::tabChanged, this, &NotesTool::follow);
    connect(m_dock, &NotesDock::entryWanted, this, [this](EntryId id) {
        if (DocumentTab *tab = m_documents.current())
            tab->view()->logView()->goToEntry(id);
    });
    connect(m_dock, &NotesDock::statusText, &m_documents, &Documents::statusText);
    apply();
}

bool NotesTool::isShown() const
{
    return m_settings.value(Settings::Key::NotesVisible).toBool();
}

void NotesTool::toggle()
{
    m_settings.setValue(Settings::Key::NotesVisible, !isShown());
    apply();
}

void NotesTool::apply()
{
    m_dock->setVisible(isShown());
}

void NotesTool::follow()
{
    const DocumentTab *tab = m_documents.current();
    m_dock->setAnnotations(tab ? tab->view()->annotations() : nullptr, tab ? tab->title() : QString());
}

} // namespace sockeye
