from tests.gallery.house import create_gallery

create_gallery().run(port=8702, debug=True, use_reloader=False)
